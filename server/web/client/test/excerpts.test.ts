// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it, vi } from "vitest";
import type { Conversation } from "../src/conversation.js";
import type { Changes } from "../src/gen/tern/v1/message.js";
import type { Quote } from "../src/model.js";
import { inMemoryStorage } from "../src/storage.js";
import type { FakeConversation } from "./fake/fakeConversation.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, watched } from "./fake/people.js";

function lastQuote(room: Conversation): Quote | undefined {
  return room.state.messages.at(-1)?.quote;
}

function pinnedOf(room: Conversation): number[] {
  return room.state.pinned.map(({ sequence }) => sequence);
}

/** A conversation of 60 messages, the last of which answers one. */
function answering(server: FakeServer, replyTo: number): FakeConversation {
  const conversation = server.create("long", "alice", "bob");
  for (let i = 1; i <= 60; i++) {
    conversation.say("bob", String(i));
  }
  conversation.change(60, (message) => {
    message.replyTo = replyTo;
  });
  return conversation;
}

/** What bob says in answer to one, as a live step. */
function answer(conversation: FakeConversation, replyTo: number): Changes {
  const changes = conversation.say("bob", "an answer");
  const [wire] = changes.messages;
  if (wire !== undefined) {
    conversation.messages[wire.sequence - 1] = { ...wire, replyTo };
    wire.replyTo = replyTo;
  }
  return changes;
}

describe("quotes", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
  });

  it("aReplyShowsWhatItAnswersBeforeAndAfterItIsAccepted", async () => {
    server.say("room", "bob", "a question");
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    const quote = { state: "shown", message: { content: { text: "a question" } } };

    room.send("an answer", { replyTo: 1 });
    expect(lastQuote(room)).toMatchObject(quote);
    await settle();

    expect(lastQuote(room)).toMatchObject(quote);
    expect(server.framesOf("sendMessage")[0]?.replyTo).toBe(1);
  });

  it("aQuoteFollowsEditsAndDeletion", async () => {
    server.say("room", "bob", "a question");
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    const bobs = await watched(await connected(clientOf(server, "bob")), "room");
    room.send("an answer", { replyTo: 1 });
    await settle();

    void bobs.edit(1, "a better question");
    await settle();
    expect(lastQuote(room)).toMatchObject({ message: { content: { text: "a better question" } } });
    void bobs.delete(1);
    await settle();

    expect(lastQuote(room)).toMatchObject({ message: { deletedById: "bob" } });
  });

  it("whatAPageQuotesIsNotAskedFor", async () => {
    answering(server, 5);

    const room = await watched(await connected(clientOf(server, "alice")), "long");
    await settle();

    expect(lastQuote(room)).toMatchObject({
      state: "shown",
      message: { sequence: 5, senderId: "bob", content: { type: "text", text: "5" } },
    });
    expect(server.framesOf("readHistory")).toHaveLength(0);
  });

  it("whatAPageCanNotQuoteIsUnavailableAndNotAskedFor", async () => {
    answering(server, 5_000);

    const room = await watched(await connected(clientOf(server, "alice")), "long");
    await settle();

    expect(lastQuote(room)).toEqual({ state: "unavailable" });
    expect(server.framesOf("readHistory")).toHaveLength(0);
  });

  it("whatAnswersLiveAndIsNotLoadedIsReadOnceAroundItsSequence", async () => {
    const conversation = answering(server, 0);
    const room = await watched(await connected(clientOf(server, "alice")), "long");
    await settle();
    server.announce(conversation, answer(conversation, 5));
    await settle();
    server.say("long", "bob", "next");
    await settle();

    expect(room.state.messages.at(-2)?.quote).toMatchObject({ message: { sequence: 5 } });
    expect(room.state.messages[0]?.sequence).toBe(11);
    expect(server.framesOf("readHistory").map(({ where }) => where)).toEqual([
      { $case: "around", value: 5 },
    ]);
  });

  it("aQuoteThatIsNotLoadedFollowsEdits", async () => {
    const conversation = answering(server, 5);
    const room = await watched(await connected(clientOf(server, "alice")), "long");
    await settle();

    server.announce(conversation, conversation.edit(5, "edited"));
    await settle();

    expect(lastQuote(room)).toMatchObject({ message: { content: { text: "edited" } } });
    const gone = conversation.change(5, (message) => {
      message.content = undefined;
      message.deletedAtMs = 7;
      message.deletedById = "bob";
    });
    server.announce(conversation, gone);
    await settle();

    expect(lastQuote(room)).toMatchObject({ message: { deletedById: "bob" } });
    expect(server.framesOf("readHistory")).toHaveLength(0);
  });

  it("aPageBringsANewerStateOfWhatItQuotes", async () => {
    const conversation = answering(server, 5);
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "long");
    client.disconnect();
    conversation.edit(5, "edited meanwhile");
    server.say("long", "bob", "next");

    await connected(client);
    await settle();

    expect(room.state.messages.at(-2)?.quote).toMatchObject({
      message: { content: { text: "edited meanwhile" } },
    });
  });

  it("whatMayNotBeSeenIsUnavailable", async () => {
    const conversation = answering(server, 0);
    server.intercept = (session, frame, id) => {
      if (frame.$case === "readHistory") {
        server.fail(session, id, 3);
        return true;
      }
      return false;
    };

    const room = await watched(await connected(clientOf(server, "alice")), "long");
    server.announce(conversation, answer(conversation, 5));
    await settle();
    server.say("long", "bob", "next");
    await settle();

    expect(room.state.messages.at(-2)?.quote).toEqual({ state: "unavailable" });
    expect(server.framesOf("readHistory")).toHaveLength(1);
  });

  it("loadsBackToAQuotedMessage", async () => {
    answering(server, 5);
    const room = await watched(await connected(clientOf(server, "alice")), "long");
    await settle();

    expect(await Promise.all([room.jumpTo(5), settle()])).toContain(true);

    expect(room.state.messages[0]?.sequence).toBe(1);
    expect(lastQuote(room)).toMatchObject({ message: { sequence: 5 } });
  });
});

describe("pins", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
    server.say("room", "bob", "first");
    server.say("room", "bob", "second");
  });

  it("aPinShowsForEverybodyTheLastOneFirst", async () => {
    const alices = await watched(await connected(clientOf(server, "alice")), "room");
    const bobs = await watched(await connected(clientOf(server, "bob")), "room");

    void alices.pin(2);
    await settle();
    await vi.advanceTimersByTimeAsync(5);
    void bobs.pin(1);
    await settle();
    expect([pinnedOf(alices), pinnedOf(bobs)]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    void alices.unpin(1);
    await settle();

    expect([pinnedOf(alices), pinnedOf(bobs)]).toEqual([[2], [2]]);
  });

  it("whatIsPinnedFarAboveIsReadOnce", async () => {
    const conversation = answering(server, 0);
    conversation.change(3, (message) => {
      message.pinnedAtMs = 7;
    });

    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "long");
    expect(pinnedOf(room)).toEqual([3]);
    client.disconnect();
    await connected(client);

    expect(pinnedOf(room)).toEqual([3]);
    expect(server.framesOf("listPinned")).toHaveLength(1);
    expect((await Promise.all([room.listPinned(), settle()]))[0]).toMatchObject({
      messages: [{ sequence: 3 }],
      hasBefore: false,
    });
  });

  it("aDeletedMessageIsNotPinned", async () => {
    const bobs = await watched(await connected(clientOf(server, "bob")), "room");
    void bobs.pin(2);
    await settle();

    void bobs.delete(2);
    await settle();

    expect(pinnedOf(bobs)).toEqual([]);
  });

  it("pinsAndQuotesSurviveANewClient", async () => {
    const conversation = answering(server, 5);
    conversation.change(3, (message) => {
      message.pinnedAtMs = 7;
    });
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    await watched(first, "long");
    await vi.advanceTimersByTimeAsync(200);
    first.disconnect();
    server.isDown = true;

    const second = await connected(clientOf(server, "alice", { storage }));
    const room = await watched(second, "long");

    expect(pinnedOf(room)).toEqual([3]);
    expect(lastQuote(room)).toMatchObject({ message: { sequence: 5 } });
  });
});
