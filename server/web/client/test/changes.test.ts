// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it, vi } from "vitest";
import { inMemoryStorage } from "../src/storage.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, textsOf, watched } from "./fake/people.js";

const REFUSED = "REFUSED_BY_MODERATION";

/** Refuses the first frame of a kind, or loses what the server answers to it. */
function plant(server: FakeServer, $case: string, fault: 4 | 11 | 18 | "lost answer"): void {
  server.intercept = (session, frame, id) => {
    if (frame.$case !== $case) {
      return false;
    }
    server.intercept = () => false;
    if (fault === "lost answer") {
      session.socket.freeze();
      server.answer(session, frame, id);
      session.socket.end(1006);
    } else {
      server.fail(session, id, fault);
    }
    return true;
  };
}

async function comeBack(): Promise<void> {
  await settle();
  await vi.advanceTimersByTimeAsync(1_000);
  await settle();
}

describe("edits and deletions", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
    server.say("room", "alice", "helo");
  });

  it("anEditShowsAtOnceAndIsMarkedUntilConfirmed", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");

    const edited = room.edit(1, "hello");
    expect(textsOf(room)).toEqual(["hello"]);
    expect(room.state.messages[0]).toMatchObject({ unconfirmed: "edit", editedAtMs: 0 });
    await settle();
    await edited;

    expect(textsOf(room)).toEqual(["hello"]);
    expect(room.state.messages[0]?.unconfirmed).toBeUndefined();
    expect(room.state.messages[0]?.editedAtMs).toBeGreaterThan(0);
  });

  it("theOthersSeeAnEdit", async () => {
    const alices = await watched(await connected(clientOf(server, "alice")), "room");
    const bobs = await watched(await connected(clientOf(server, "bob")), "room");

    await Promise.all([
      alices.edit(1, "hello @bob", { mentions: { userIds: ["bob"], everyone: false } }),
      settle(),
    ]);

    expect(textsOf(bobs)).toEqual(["hello @bob"]);
    expect(bobs.state.messages[0]?.mentions.userIds).toEqual(["bob"]);
  });

  it("aRefusedEditBringsTheOldTextBack", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    plant(server, "editMessage", 4);

    const refused = expect(room.edit(1, "too late")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await settle();
    await refused;

    expect(textsOf(room)).toEqual(["helo"]);
    expect(room.state.messages[0]?.unconfirmed).toBeUndefined();
  });

  it("whatWasWrittenInARefusedEditIsKeptWithTheReasonUntilThePersonDecides", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    plant(server, "editMessage", 18);
    const refused = expect(room.edit(1, "rude")).rejects.toMatchObject({ code: REFUSED });
    await settle();
    await refused;

    expect(room.state.messages[0]?.refusedEdit).toMatchObject({
      content: { type: "text", text: "rude" },
      error: REFUSED,
      reason: "planted",
    });
    room.discardEdit(1);
    expect(room.state.messages[0]?.refusedEdit).toBeUndefined();
  });

  it("anotherEditTakesThePlaceOfARefusedOne", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    plant(server, "editMessage", 18);
    void room.edit(1, "rude").catch(() => undefined);
    await settle();

    await Promise.all([room.edit(1, "kind"), settle()]);

    expect(room.state.messages[0]?.refusedEdit).toBeUndefined();
    expect(textsOf(room)).toEqual(["kind"]);
  });

  it("anEditIsRepeatedWithItsIdWhenTheAnswerWasLost", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    plant(server, "editMessage", "lost answer");

    const edited = room.edit(1, "hello");
    await comeBack();
    await edited;

    const ids = server.framesOf("editMessage").map(({ editId }) => editId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(textsOf(room)).toEqual(["hello"]);
  });

  it("ofTwoEditsMadeOfflineOnlyTheLastIsSent", async () => {
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    client.disconnect();

    const both = [room.edit(1, "hell"), room.edit(1, "hello")];
    expect(textsOf(room)).toEqual(["hello"]);
    client.connect();
    await settle();
    await Promise.all(both);

    expect(server.framesOf("editMessage")).toHaveLength(1);
    expect(textsOf(room)).toEqual(["hello"]);
  });

  it("anUnconfirmedEditSurvivesANewClient", async () => {
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    const room = await watched(first, "room");
    first.disconnect();
    void room.edit(1, "hello");
    await vi.advanceTimersByTimeAsync(200);

    const second = await connected(clientOf(server, "alice", { storage }));
    await settle();

    expect(server.framesOf("editMessage")).toHaveLength(1);
    expect(textsOf(await watched(second, "room"))).toEqual(["hello"]);
  });

  it("aRefusalThatNobodyWaitsForIsAProblem", async () => {
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    const room = await watched(first, "room");
    first.disconnect();
    void room.edit(1, "hello");
    await vi.advanceTimersByTimeAsync(200);
    plant(server, "editMessage", 4);
    const second = clientOf(server, "alice", { storage });
    const problems: string[] = [];
    second.on("problem", ({ code }) => problems.push(code));

    await connected(second);

    expect(problems).toEqual(["FORBIDDEN"]);
    expect(textsOf(await watched(second, "room"))).toEqual(["helo"]);
  });

  it("aDeletionLeavesAnEmptyPlaceForEverybody", async () => {
    const alices = await watched(await connected(clientOf(server, "alice")), "room");
    const bobs = await watched(await connected(clientOf(server, "bob")), "room");

    const deleted = alices.delete(1);
    expect(alices.state.messages[0]).toMatchObject({ unconfirmed: "delete", deletedAtMs: 0 });
    await settle();
    await deleted;

    for (const room of [alices, bobs]) {
      expect(textsOf(room)).toEqual(["none"]);
      expect(room.state.messages[0]).toMatchObject({ deletedById: "alice", reactions: [] });
      expect(room.state.messages[0]?.tick).toBeUndefined();
    }
  });

  it("readsEarlierVersions", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    server.intercept = (session, frame, id) => {
      if (frame.$case !== "readEdits") {
        return false;
      }
      const { conversationId, sequence } = frame.value;
      const content = { content: { $case: "text", value: { text: "helo" } } } as const;
      const old = { revision: 9, replacedAtMs: 7, content, mentions: undefined, metadata: {} };
      const value = { conversationId, sequence, edits: [old], hasBefore: true };
      session.send({ $case: "messageEdits", value }, id);
      return true;
    };

    const [page] = await Promise.all([room.readEdits(1, 12), settle()]);

    expect(server.framesOf("readEdits")).toMatchObject([{ sequence: 1, before: 12 }]);
    expect(page).toMatchObject({
      edits: [{ revision: 9, replacedAtMs: 7, content: { type: "text", text: "helo" } }],
      hasBefore: true,
    });
  });

  it("rightsFollowSenderRoleAndTime", async () => {
    server.create("group", "alice", "bob");
    server.say("group", "bob", "his");
    const alices = await watched(await connected(clientOf(server, "alice")), "room");
    const bobs = await watched(await connected(clientOf(server, "bob")), "room");
    const group = await watched(await connected(clientOf(server, "alice")), "group");
    const [mine, his] = [alices.state.messages[0], group.state.messages[0]];
    if (mine === undefined || his === undefined) {
      throw new Error("nothing was said");
    }

    expect(alices.rightsOver(mine)).toMatchObject({ mayEdit: true, mayDelete: true, mayPin: true });
    expect(bobs.rightsOver(mine)).toMatchObject({ mayEdit: false, mayDelete: false, mayPin: true });
    expect(alices.rightsOver({ ...mine, deletedAtMs: 1 })).toMatchObject({ mayReact: false });
    vi.setSystemTime(Date.now() + server.limits.editWindowMs);

    expect(alices.rightsOver(mine)).toMatchObject({ mayEdit: false, mayDelete: true });
  });
});

describe("reactions", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
    server.say("room", "bob", "look");
  });

  it("aReactionShowsAtOnceAndIsCountedOnce", async () => {
    const alices = await watched(await connected(clientOf(server, "alice")), "room");
    const bobs = await watched(await connected(clientOf(server, "bob")), "room");
    const seen = { reactions: [{ reaction: "👍", count: 1, userIds: ["alice"] }] };

    void alices.react(1, "👍");
    expect(alices.state.messages[0]).toMatchObject({ ...seen, ownReactions: ["👍"] });
    await settle();

    expect(alices.state.messages[0]).toMatchObject({ ...seen, ownReactions: ["👍"] });
    expect(bobs.state.messages[0]).toMatchObject({ ...seen, ownReactions: [] });
  });

  it("aRefusedReactionIsTakenBack", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    plant(server, "setReaction", 11);

    const refused = expect(room.react(1, "👍")).rejects.toMatchObject({ code: "LIMIT_REACHED" });
    expect(room.state.messages[0]?.ownReactions).toEqual(["👍"]);
    await settle();
    await refused;

    expect(room.state.messages[0]).toMatchObject({ reactions: [], ownReactions: [] });
  });

  it("aReactionIsRepeatedWhenTheAnswerWasLost", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    plant(server, "setReaction", "lost answer");

    const done = room.react(1, "🎉");
    await comeBack();
    await done;

    expect(server.framesOf("setReaction")).toHaveLength(2);
    expect(room.state.messages[0]).toMatchObject({
      reactions: [{ reaction: "🎉", count: 1 }],
      ownReactions: ["🎉"],
    });
  });

  it("aReactionTakenBackBeforeItWasSentIsSentAsTakenBack", async () => {
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    client.disconnect();

    void room.react(1, "👍");
    void room.unreact(1, "👍");
    expect(room.state.messages[0]?.reactions).toEqual([]);
    client.connect();
    await settle();

    expect(server.framesOf("setReaction")).toMatchObject([{ on: false }]);
    expect(room.state.messages[0]?.reactions).toEqual([]);
  });

  it("countsAreAbsoluteAndAKindOfNobodyIsGone", async () => {
    const group = server.create("group", "alice", "bob", "carol");
    server.say("group", "bob", "look");
    const room = await watched(await connected(clientOf(server, "alice")), "group");
    const steps = [
      group.react("bob", 1, "👍", true),
      group.react("carol", 1, "👍", true),
      group.react("carol", 1, "❤️", true),
      group.react("carol", 1, "❤️", false),
    ];

    for (const step of steps.flatMap((one) => (one ? [one, one] : []))) {
      server.announce(group, step);
    }
    await settle();

    expect(room.state.messages[0]?.reactions).toEqual([
      { reaction: "👍", count: 2, userIds: ["bob", "carol"] },
    ]);
  });

  it("anEnvelopeKeepsOnesOwnReactions", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    void room.react(1, "👍");
    await settle();
    const conversation = server.conversations.get("room");

    const edited = conversation?.edit(1, "look!");
    if (conversation && edited) {
      server.announce(conversation, edited);
    }
    await settle();

    expect(room.state.messages[0]).toMatchObject({
      content: { text: "look!" },
      reactions: [{ reaction: "👍", count: 1 }],
      ownReactions: ["👍"],
    });
  });

  it("aPageTellsOnesOwnReactionsOfAnotherDevice", async () => {
    server.conversations.get("room")?.react("alice", 1, "👍", true);

    const room = await watched(await connected(clientOf(server, "alice")), "room");
    expect(room.state.messages[0]?.ownReactions).toEqual(["👍"]);
    const elsewhere = clientOf(server, "alice", { deviceId: "other" });
    void (await watched(await connected(elsewhere), "room")).unreact(1, "👍");
    await settle();

    expect(room.state.messages[0]).toMatchObject({ reactions: [], ownReactions: [] });
  });

  it("aLateStepDoesNotUndoWhatAnAnswerTold", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    const conversation = server.conversations.get("room");
    const late = conversation?.react("bob", 1, "👍", true);
    const announce = server.announce.bind(server);
    server.announce = () => undefined;

    void room.react(1, "👍");
    await settle();
    expect(room.state.messages[0]?.reactions).toMatchObject([{ count: 2 }]);
    if (conversation && late) {
      announce(conversation, late);
    }
    await settle();

    expect(room.state.messages[0]?.reactions).toMatchObject([{ count: 2 }]);
  });
});
