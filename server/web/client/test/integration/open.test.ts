// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import type { OpenRoom, TernClient } from "../../src/index.js";
import { goodbyeAfterEach, person, until, watched } from "./people.js";

function textsOf({ state }: OpenRoom): string[] {
  return state.messages.flatMap(({ content }) => (content.type === "text" ? [content.text] : []));
}

async function shows(room: OpenRoom, ...texts: string[]): Promise<void> {
  await expect.poll(() => textsOf(room), { timeout: 10_000, interval: 20 }).toEqual(texts);
}

/** Watches a room, and waits until it is known. */
async function watching({ open }: TernClient, conversationId: string): Promise<OpenRoom> {
  const room = open.room(conversationId);
  room.watch(() => undefined);
  await until(() => (room.state.isLoaded && !room.state.isBehind) || room.state.isGone);
  return room;
}

describe("live rooms against a real server", () => {
  goodbyeAfterEach();

  it("whoWatchesIsNoMemberAndGetsEverythingOnceAlsoAfterALostConnection", async () => {
    const owner = await person("owner-o1");
    const ann = await person("ann-o1");
    const hers = watched(await owner.client.open.create("Bird cam"));
    const { conversationId } = hers;
    hers.send("before");
    const room = await watching(ann.client, conversationId);
    await shows(room, "before");
    expect(room.state.details).toMatchObject({
      kind: "open",
      name: "Bird cam",
      watching: { access: "public", watchersPost: false },
    });
    expect(room.postingNow()).toEqual({ may: false, because: "watching" });

    hers.send("live");
    await shows(room, "before", "live");
    ann.cut();
    hers.send("meanwhile");
    await until(() => hers.state.messages.at(-1)?.tick === "accepted");
    await shows(room, "before", "live", "meanwhile");

    await until(() => !room.state.isBehind);
    expect(ann.client.inbox.entries).toEqual([]);
    expect(room.state.skipped).toBeUndefined();
  });

  it("countsThoseWhoWatchAlsoForTheOwner", async () => {
    const owner = await person("owner-o2");
    const ann = await person("ann-o2");
    const ben = await person("ben-o2");
    const { conversationId } = await owner.client.open.create("Bird cam");
    const hers = await watching(owner.client, conversationId);
    const room = await watching(ann.client, conversationId);
    await watching(ben.client, conversationId);

    await until(() => hers.state.watchers === 3 && room.state.watchers === 3);
    ben.client.disconnect();

    await until(() => hers.state.watchers === 2 && room.state.watchers === 2);
  });

  it("whoWatchesPostsEditsAndDeletesWhereTheOwnerLetsThem", async () => {
    const owner = await person("owner-o3");
    const ann = await person("ann-o3");
    const hers = watched(await owner.client.open.create("Bird cam"));
    const { conversationId } = hers;
    const room = await watching(ann.client, conversationId);
    const refused = room.send("too early");
    await until(() => room.state.messages[0]?.error === "FORBIDDEN");
    room.discard(refused);

    await owner.client.group(conversationId).change({ watchersPost: true });
    await until(() => room.postingNow().may);
    room.send("helo");
    await until(() => hers.state.messages.length === 1);
    await room.edit(1, "hello");
    await shows(room, "hello");
    await until(() => hers.state.messages[0]?.editedAtMs !== 0);
    await room.delete(1);

    await until(() => hers.state.messages[0]?.deletedById === ann.client.userId);
    await shows(room);
    await owner.client.group(conversationId).change({ frozen: true });
    await until(() => !room.postingNow().may);
    expect(room.postingNow()).toEqual({ may: false, because: "frozen" });
  });

  it("whoIsTakenOffTheListIsSentAwayAndTold", async () => {
    const owner = await person("owner-o4");
    const ann = await person("ann-o4");
    const { conversationId } = await owner.client.open.create("Crew only", { access: "list" });
    const list = owner.client.open.room(conversationId);
    const room = await watching(ann.client, conversationId);
    expect(room.state.end).toEqual({ because: "refused", code: "NOT_FOUND" });
    const add = [ann.client.userId];
    expect(await list.changeList({ add })).toEqual({ added: 1, removed: 0 });
    expect(await list.readList()).toEqual({ userIds: add, hasAfter: false });

    room.watch(() => undefined);
    await until(() => room.state.isLoaded);
    expect(room.state.isGone).toBe(false);
    await list.changeList({ remove: add });

    await until(() => room.state.isGone);
    expect(room.state.end).toEqual({ because: "sentAway", code: "NOT_FOUND" });
    await expect(room.changeList({ add })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("whoIsBannedIsSentAwayAndADeletedRoomSendsEverybodyAway", async () => {
    const owner = await person("owner-o5");
    const ann = await person("ann-o5");
    const ben = await person("ben-o5");
    const { conversationId } = await owner.client.open.create("Bird cam");
    const anns = await watching(ann.client, conversationId);
    const bens = await watching(ben.client, conversationId);

    await owner.client.group(conversationId).ban(ann.client.userId);
    await until(() => anns.state.isGone);
    expect(bens.state.isGone).toBe(false);
    await owner.client.group(conversationId).delete();

    await until(() => bens.state.isGone);
  });

  it("readsWhatWasBeforeAndSaysWhatWasSkipped", async () => {
    const owner = await person("owner-o6");
    const ann = await person("ann-o6");
    const hers = watched(await owner.client.open.create("Bird cam"));
    const { conversationId } = hers;
    hers.send("no. 1");
    const room = await watching(ann.client, conversationId);
    await shows(room, "no. 1");
    ann.client.disconnect();

    for (let i = 2; i <= 130; i++) {
      hers.send(`no. ${i}`);
    }
    const last = (): string | undefined => hers.state.messages.at(-1)?.tick;
    await until(() => hers.state.messages.length === 130 && last() === "accepted");
    ann.client.connect();
    await until(() => room.state.skipped !== undefined);
    expect(room.state.skipped).toEqual({ after: 1, through: 80 });
    expect(textsOf(room)).toHaveLength(50);
    await room.loadOlder();
    await room.loadOlder();

    expect(room.state.skipped).toBeUndefined();
    expect(textsOf(room)).toEqual(Array.from({ length: 130 }, (_, index) => `no. ${index + 1}`));
  });
});
