// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import type { TernClient } from "../../src/index.js";
import { goodbyeAfterEach, person, shows, until, watched } from "./people.js";

function isOnline(client: TernClient, userId: string): boolean | undefined {
  return client.people.state.presences.get(userId)?.online;
}

describe("people against a real server", () => {
  goodbyeAfterEach();

  it("aProfileAndPresenceAreSeenLiveAndAfterALostConnection", async () => {
    const alice = await person("alice-p1");
    const bob = await person("bob-p1");
    const his = watched(await bob.client.openDirect(alice.client.userId));
    his.send("hello");
    alice.client.people.watch([bob.client.userId]);
    await until(() => isOnline(alice.client, bob.client.userId) === true);

    await bob.client.people.updateProfile({
      name: "Bob",
      imageUrl: "https://example.com/bob.png",
      locale: "pt-BR",
      timeZone: "Europe/Lisbon",
      metadata: { team: "birds" },
    });
    await until(() => alice.client.people.state.profiles.get(bob.client.userId)?.name === "Bob");
    expect(alice.client.people.state.profiles.get(bob.client.userId)).toMatchObject({
      locale: "pt-BR",
      timeZone: "Europe/Lisbon",
      metadata: { team: "birds" },
    });
    alice.cut();
    await until(() => alice.client.people.state.presences.size === 0);
    await until(() => isOnline(alice.client, bob.client.userId) === true);
    bob.client.disconnect();
    await until(() => isOnline(alice.client, bob.client.userId) === false);
  });

  it("whoIsInvisibleLooksAway", async () => {
    const alice = await person("alice-p2");
    const bob = await person("bob-p2");
    await bob.client.openDirect(alice.client.userId);
    alice.client.people.watch([bob.client.userId]);
    await until(() => isOnline(alice.client, bob.client.userId) === true);
    expect(await bob.client.people.readPreferences()).toEqual({
      presenceVisibility: "everybody",
      invisible: false,
      pushLevel: "all",
      mentionsPass: true,
      urgentPasses: true,
    });

    await bob.client.people.updatePreferences({ invisible: true });
    await until(() => isOnline(alice.client, bob.client.userId) === false);
    await bob.client.people.updatePreferences({ invisible: false, presenceVisibility: "nobody" });

    expect(bob.client.people.state.preferences?.presenceVisibility).toBe("nobody");
    expect(isOnline(alice.client, bob.client.userId)).toBe(false);
  });

  it("aBlockIsKnownOnAllDevicesAndStopsMessages", async () => {
    const alice = await person("alice-p3");
    const again = await person("alice-p3");
    const bob = await person("bob-p3");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    again.client.people.watch([bob.client.userId]);

    await alice.client.people.block(bob.client.userId);
    await alice.client.people.mute(bob.client.userId);
    await until(() => again.client.people.state.blocked.has(bob.client.userId));
    await until(() => again.client.people.state.muted.has(bob.client.userId));
    his.send("still there?");
    await until(() => his.state.messages[0]?.error === "FORBIDDEN");
    await alice.client.people.unblock(bob.client.userId);
    his.retry(his.state.messages[0]?.clientMessageId ?? "");

    await shows(hers, "still there?");
    await until(() => !again.client.people.state.blocked.has(bob.client.userId));
  });

  it("aMessageAndAPersonCanBeReported", async () => {
    const alice = await person("alice-p4");
    const bob = await person("bob-p4");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    watched(bob.client.conversation(hers.conversationId)).send("buy now");
    await shows(hers, "buy now");
    const { conversationId } = hers;

    await alice.client.people.report({ conversationId, sequence: 1 }, "spam", "not the first");
    await alice.client.people.report({ userId: bob.client.userId }, "fraud");

    await expect(
      alice.client.people.report({ conversationId, sequence: 9 }, "spam"),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("groups against a real server", () => {
  goodbyeAfterEach();

  it("rolesMutesAndBansAreSeenByAllMembers", async () => {
    const alice = await person("alice-g1");
    const bob = await person("bob-g1");
    const [bobsId, carol] = [bob.client.userId, `carol-${bob.client.userId}`];
    const hers = watched(await alice.client.createGroup("Crew", [bobsId, carol]));
    const his = watched(bob.client.conversation(hers.conversationId));
    const group = alice.client.group(hers.conversationId);
    const role = (): unknown => his.state.members.find(({ userId }) => userId === bobsId)?.role;
    await until(() => role() === "member");
    expect(bob.client.group(hers.conversationId).rights.mayModerate).toBe(false);

    await group.setRole(bobsId, "moderator");
    await until(() => role() === "moderator");
    await until(() => bob.client.group(hers.conversationId).rights.mayModerate);
    const [told] = his.state.messages.slice(-1);
    expect(told?.content).toMatchObject({ event: "roleChanged", role: "moderator" });
    await bob.client.group(hers.conversationId).mute(carol, Date.now() + 60_000);
    await until(() => hers.state.members.some((one) => one.mutedUntilMs > Date.now()));
    await bob.client.group(hers.conversationId).unmute(carol);
    await group.ban(carol);
    expect((await group.listBanned()).bans).toMatchObject([{ userId: carol }]);
    await expect(alice.client.addMembers(hers.conversationId, [carol])).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await group.unban(carol);

    expect((await group.listBanned()).bans).toEqual([]);
    await until(() => his.state.members.length === 2);
  });

  it("itsRulesShowInItsState", async () => {
    const alice = await person("alice-g2");
    const bob = await person("bob-g2");
    const hers = watched(await alice.client.createGroup("Crew", [bob.client.userId]));
    const his = watched(bob.client.conversation(hers.conversationId));
    await until(() => his.state.isLoaded);

    await alice.client.group(hers.conversationId).change({
      name: "Harbour crew",
      imageUrl: "https://example.com/crew.png",
      pinRole: "member",
      removeRole: "member",
      deleteRole: "owner",
      addRole: "member",
      frozen: true,
      slowModeSeconds: 30,
    });

    await until(() => his.state.details?.frozen === true);
    expect(his.state.details).toMatchObject({
      name: "Harbour crew",
      imageUrl: "https://example.com/crew.png",
      addRole: "member",
      pinRole: "member",
      removeRole: "member",
      deleteRole: "owner",
      slowModeSeconds: 30,
    });
    expect(bob.client.group(hers.conversationId).rights.mayAdd).toBe(true);
  });

  it("anInvitationLetsInAsManyAsItSaysUntilItIsRevoked", async () => {
    const alice = await person("alice-g3");
    const bob = await person("bob-g3");
    const carol = await person("carol-g3");
    const hers = watched(await alice.client.createGroup("Crew", []));
    const group = alice.client.group(hers.conversationId);
    const { token } = await group.invite({ maxUses: 1, lifetimeSeconds: 600 });

    const joined = await bob.client.join({ token });
    expect(joined.conversationId).toBe(hers.conversationId);
    await expect(carol.client.join({ token })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const second = await group.invite();
    expect(await group.listInvitations()).toMatchObject([{ maxUses: 0, uses: 0 }]);
    await group.revoke(second.invitation.invitationId);

    expect(await group.listInvitations()).toEqual([]);
    await expect(carol.client.join({ token: second.token })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await until(() => hers.state.members.length === 2);
  });

  it("aKeyOpensAGroupThatSaysSoAndADeletedGroupIsGoneForAll", async () => {
    const alice = await person("alice-g4");
    const bob = await person("bob-g4");
    const key = `key-of-${alice.client.userId}`;
    const hers = watched(await alice.client.createGroup("Crew", [], { key }));
    const group = alice.client.group(hers.conversationId);
    await expect(bob.client.join({ key })).rejects.toMatchObject({ code: "NOT_FOUND" });

    await group.change({ joinableByKey: true });
    const his = watched(await bob.client.join({ key }));
    await until(() => his.state.isLoaded);
    await group.delete();

    await until(() => his.state.isGone);
    await until(() => bob.client.inbox.entries.length === 0);
    expect(hers.state.isGone).toBe(true);
  });
});
