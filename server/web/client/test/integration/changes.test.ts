// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import type { Conversation } from "../../src/index.js";
import { goodbyeAfterEach, person, shows, until, watched } from "./people.js";

function reactionsOf(conversation: Conversation): string[] {
  return (conversation.state.messages[0]?.reactions ?? []).map(
    ({ reaction, count }) => `${reaction} ${count}`,
  );
}

describe("changes against a real server", () => {
  goodbyeAfterEach();

  it("anEditIsSeenAndItsPastIsReadBySenderAlone", async () => {
    const alice = await person("alice-c1");
    const bob = await person("bob-c1");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    hers.send("helo", { metadata: { order: "1" } });
    await shows(his, "helo");
    await until(() => hers.state.messages[0]?.sequence === 1);

    await hers.edit(1, "hello @bob", {
      mentions: { userIds: [bob.client.userId], everyone: false },
    });
    await shows(his, "hello @bob");

    expect(his.state.messages[0]?.mentions.userIds).toEqual([bob.client.userId]);
    expect(his.state.messages[0]?.editedAtMs).toBeGreaterThan(0);
    const { edits, hasBefore } = await hers.readEdits(1);
    expect(edits).toMatchObject([{ content: { text: "helo" }, metadata: { order: "1" } }]);
    expect(hasBefore).toBe(false);
    await expect(his.readEdits(1)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(his.edit(1, "mine now")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await shows(his, "hello @bob");
  });

  it("reactionsAreCountedOnceAndKnownAsOnesOwn", async () => {
    const alice = await person("alice-c2");
    const bob = await person("bob-c2");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    hers.send("look");
    await shows(his, "look");
    await until(() => hers.state.messages[0]?.sequence === 1);

    await Promise.all([hers.react(1, "👍"), his.react(1, "👍"), his.react(1, "🎉")]);
    await until(() => reactionsOf(hers).includes("👍 2") && reactionsOf(hers).includes("🎉 1"));
    expect(hers.state.messages[0]?.ownReactions).toEqual(["👍"]);
    await until(() => his.state.messages[0]?.ownReactions.length === 2);
    bob.client.disconnect();
    await hers.unreact(1, "👍");
    await hers.edit(1, "look!");
    bob.client.connect();
    await shows(his, "look!");

    expect(reactionsOf(his).sort()).toEqual(["🎉 1", "👍 1"].sort());
    expect([...(his.state.messages[0]?.ownReactions ?? [])].sort()).toEqual(["🎉", "👍"].sort());
  });

  it("whatIsChangedOfflineArrivesOnce", async () => {
    const alice = await person("alice-c3");
    const bob = await person("bob-c3");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    hers.send("one");
    await shows(his, "one");
    await until(() => hers.state.messages[0]?.sequence === 1);

    alice.client.disconnect();
    const done = Promise.all([hers.edit(1, "two"), hers.react(1, "👍"), hers.pin(1)]);
    await shows(hers, "two");
    expect(reactionsOf(hers)).toEqual(["👍 1"]);
    alice.client.connect();
    await done;

    await shows(his, "two");
    await until(() => reactionsOf(his)[0] === "👍 1" && his.state.pinned.length === 1);
    expect((await his.listPinned()).messages).toMatchObject([{ sequence: 1 }]);
  });

  it("aDeletionEmptiesTheMessageItsQuoteAndThePins", async () => {
    const alice = await person("alice-c4");
    const bob = await person("bob-c4");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    hers.send("secret");
    await shows(his, "secret");
    his.send("what?", { replyTo: 1 });
    await shows(hers, "secret", "what?");
    await hers.pin(1);
    await until(() => his.state.pinned.length === 1);

    await hers.delete(1);
    await shows(his, "what?");

    const { quote } = his.state.messages[1] ?? {};
    expect(quote).toMatchObject({ message: { deletedById: alice.client.userId } });
    expect(JSON.stringify([his.state, bob.client.inbox])).not.toContain("secret");
    await until(() => his.state.pinned.length === 0);
    await expect(his.react(1, "👍")).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("aQuoteFarAboveIsReadAndReached", async () => {
    const alice = await person("alice-c5");
    const bob = await person("bob-c5");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const texts = Array.from({ length: 120 }, (_, index) => String(index));
    texts.forEach((text) => hers.send(text));
    await until(() => hers.state.messages.every(({ tick }) => tick !== "pending"));
    hers.send("as I said", { replyTo: 3 });
    await until(() => hers.state.messages.at(-1)?.tick !== "pending");

    const his = watched(bob.client.conversation(hers.conversationId));
    await until(() => his.state.messages.at(-1)?.quote?.state === "shown");
    expect(his.state.messages.length).toBeLessThan(60);
    expect(his.state.messages.at(-1)?.quote).toMatchObject({ message: { sequence: 3 } });

    expect(await his.jumpTo(3)).toBe(true);
    expect(his.state.messages.find(({ sequence }) => sequence === 3)).toMatchObject({
      content: { text: "2" },
    });
  }, 40_000);
});
