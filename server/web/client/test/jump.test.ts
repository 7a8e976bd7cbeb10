// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it, vi } from "vitest";
import type { Conversation } from "../src/conversation.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, textsOf, watched } from "./fake/people.js";

/** Far more than what a jump may read. */
const MANY = 2_000;

function sequencesOf(room: Conversation): number[] {
  return room.state.messages.map(({ sequence }) => sequence);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

describe("jumping", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
    const conversation = server.create("long", "alice", "bob");
    for (let i = 1; i <= MANY; i++) {
      conversation.say("bob", String(i));
    }
  });

  /** Alice's long conversation, having jumped there. */
  async function jumped(sequence: number): Promise<Conversation> {
    const room = await watched(await connected(clientOf(server, "alice")), "long");
    expect((await Promise.all([room.jumpTo(sequence), settle()]))[0]).toBe(true);
    return room;
  }

  it("readsOnePageAroundWhatIsSoughtHoweverFarAbove", async () => {
    const room = await jumped(100);

    expect(sequencesOf(room)).toEqual(range(75, 124));
    expect(room.state).toMatchObject({ hasBefore: true, hasAfter: true });
    expect(server.framesOf("readHistory").map(({ where }) => where)).toEqual([
      { $case: "around", value: 100 },
    ]);
  });

  it("whatComesMeanwhileDoesNotStandBehindTheGap", async () => {
    const room = await jumped(100);

    server.say("long", "bob", "news");
    await settle();
    expect(sequencesOf(room)).toEqual(range(75, 124));
    room.showNewest();

    expect(sequencesOf(room)).toEqual(range(1_951, MANY + 1));
    expect(room.state.hasAfter).toBe(false);
    expect(textsOf(room).at(-1)).toBe("news");
  });

  it("thePagesMeetWithoutAGap", async () => {
    const room = await jumped(1_900);
    expect(sequencesOf(room)).toEqual(range(1_875, 1_924));

    await Promise.all([room.loadNewer(), room.loadNewer(), settle()]);

    expect(sequencesOf(room)).toEqual(range(1_875, MANY));
    expect(room.state).toMatchObject({ hasBefore: true, hasAfter: false });
    expect(server.framesOf("readHistory")).toHaveLength(2);
  });

  it("aPageThatReachesTheNewestRunGrowsIt", async () => {
    const room = await jumped(1_940);

    expect(sequencesOf(room)).toEqual(range(1_915, MANY));
    expect(room.state.hasAfter).toBe(false);
  });

  it("earlierOnesAreLoadedBeforeWhatIsShown", async () => {
    const room = await jumped(100);

    await Promise.all([room.loadOlder(), settle()]);

    expect(sequencesOf(room)).toEqual(range(25, 124));
    room.showNewest();
    expect(sequencesOf(room)).toEqual(range(1_951, MANY));
  });

  it("whatIsShownFollowsChanges", async () => {
    const room = await jumped(100);
    const conversation = server.conversations.get("long");

    if (conversation !== undefined) {
      server.announce(conversation, conversation.edit(100, "edited"));
      const reacted = conversation.react("bob", 101, "👍", true);
      server.announce(conversation, reacted ?? conversation.edit(101, "not reacted"));
    }
    await settle();

    expect(textsOf(room)[25]).toBe("edited");
    expect(room.state.messages[26]?.reactions).toMatchObject([{ reaction: "👍", count: 1 }]);
  });

  it("whoeverSendsSeesTheNewestAndWhatTheyAnswer", async () => {
    const room = await jumped(100);

    room.send("an answer", { replyTo: 100 });

    expect(textsOf(room).at(-1)).toBe("an answer");
    expect(room.state.messages.at(-1)?.quote).toMatchObject({ message: { sequence: 100 } });
    expect(sequencesOf(room).slice(0, -1)).toEqual(range(1_951, MANY));
  });

  it("ofTwoJumpsTheLaterOneCounts", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "long");

    const both = Promise.all([room.jumpTo(100), room.jumpTo(1_000), settle()]);

    expect((await both).slice(0, 2)).toEqual([false, true]);
    expect(room.find(1_000)).toBeDefined();
    expect(sequencesOf(room)[0]).toBe(975);
  });

  it("whatIsNotThereIsNotShown", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "long");
    server.intercept = (session, frame, id) => {
      if (frame.$case === "readHistory") {
        server.fail(session, id, 3);
        return true;
      }
      return false;
    };

    expect((await Promise.all([room.jumpTo(100), settle()]))[0]).toBe(false);

    expect(sequencesOf(room)).toEqual(range(1_951, MANY));
  });

  it("aResetLeadsBackToTheNewest", async () => {
    const room = await jumped(100);

    server.epoch = "epoch-2";
    server.cut();
    await settle();
    await vi.advanceTimersByTimeAsync(1_000);
    await settle();

    expect(sequencesOf(room)).toEqual(range(1_951, MANY));
  });
});
