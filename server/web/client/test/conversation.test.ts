// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it, vi } from "vitest";
import type { TernError } from "../src/errors.js";
import type { ConversationState } from "../src/model.js";
import { inMemoryStorage } from "../src/storage.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, textsOf, watched } from "./fake/people.js";

describe("conversation", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
  });

  it("opensWithTheNewestPage", async () => {
    server.say("room", "bob", "你好");

    const room = await watched(await connected(clientOf(server, "alice")), "room");

    expect(textsOf(room)).toEqual(["你好"]);
    expect(room.state).toMatchObject({ isLoaded: true, isBehind: false, hasBefore: false });
    expect(server.framesOf("catchUp")).toMatchObject([{ conversationId: "room" }]);
    expect(server.framesOf("catchUp")[0]?.position).toBeUndefined();
  });

  it("appliesAStepThatFollowsAndIgnoresARepeat", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    const conversation = server.conversations.get("room");
    const changes = conversation?.say("bob", "once");

    for (let i = 0; i < 3 && conversation && changes; i++) {
      server.announce(conversation, changes);
    }
    await settle();

    expect(textsOf(room)).toEqual(["once"]);
    expect(server.framesOf("catchUp")).toHaveLength(1);
  });

  it("asksToCatchUpWhenAStepWasMissed", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    server.conversations.get("room")?.say("bob", "swallowed");

    server.say("room", "bob", "heard");
    await settle();

    expect(textsOf(room)).toEqual(["swallowed", "heard"]);
    expect(server.framesOf("catchUp")[1]?.position).toEqual({
      epoch: "epoch-1",
      revision: 2,
      sequence: 0,
    });
  });

  it("findsWhatWasSaidWhileAwayInPages", async () => {
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    client.disconnect();
    await settle();
    for (let i = 1; i <= 10; i++) {
      server.say("room", "bob", String(i));
    }

    await connected(client);

    expect(textsOf(room)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    expect(room.state.isBehind).toBe(false);
  });

  it("anEditMadeWhileAwayReplacesTheText", async () => {
    server.say("room", "bob", "befor");
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    client.disconnect();
    await settle();
    server.conversations.get("room")?.edit(1, "before");
    server.say("room", "bob", "after");

    await connected(client);

    expect(textsOf(room)).toEqual(["before", "after"]);
  });

  it("aResetForgetsWhatWasKnown", async () => {
    server.say("room", "bob", "old life");
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    server.epoch = "epoch-2";
    server.create("room", "alice", "bob");
    server.say("room", "bob", "new life");
    await settle();
    server.cut();
    await settle();
    await vi.advanceTimersByTimeAsync(1_000);
    await settle();

    expect(textsOf(room)).toEqual(["new life"]);
  });

  it("loadsOlderMessagesBeforeTheFirst", async () => {
    for (let i = 1; i <= 120; i++) {
      server.say("room", "bob", String(i));
    }
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    expect(textsOf(room)[0]).toBe("71");

    await Promise.all([room.loadOlder(), room.loadOlder()]);
    expect(textsOf(room)[0]).toBe("21");
    expect(server.framesOf("readHistory")).toHaveLength(1);
    await room.loadOlder();

    expect(room.state.hasBefore).toBe(false);
    expect(textsOf(room)).toHaveLength(120);
  });

  it("anEditOfAMessageThatIsNotLoadedLeavesNoHole", async () => {
    for (let i = 1; i <= 60; i++) {
      server.say("room", "bob", String(i));
    }
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    const conversation = server.conversations.get("room");

    const changes = conversation?.edit(1, "edited");
    if (conversation && changes) {
      server.announce(conversation, changes);
    }
    await settle();
    expect(room.state.messages[0]?.sequence).toBe(11);
    await room.loadOlder();

    expect(textsOf(room)[0]).toBe("edited");
    expect(room.state.messages.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
  });

  it("whoIsRemovedIsTold", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    const conversation = server.conversations.get("room");

    const changes = conversation?.remove("alice");
    if (conversation && changes) {
      server.announce(conversation, changes);
    }
    await settle();

    expect(room.state).toMatchObject({ isGone: true, messages: [] });
  });

  it("aStrangersConversationIsGone", async () => {
    server.create("secret", "bob", "carol");

    const secret = await watched(await connected(clientOf(server, "alice")), "secret");

    expect(secret.state.isGone).toBe(true);
  });

  it("continuesWhereAnEarlierLifeEnded", async () => {
    const storage = inMemoryStorage();
    server.say("room", "bob", "kept");
    const first = await connected(clientOf(server, "alice", { storage }));
    await watched(first, "room");
    await vi.advanceTimersByTimeAsync(200);
    first.disconnect();
    await settle();
    server.say("room", "bob", "missed");

    const second = await connected(clientOf(server, "alice", { storage }));
    const room = await watched(second, "room");

    expect(textsOf(room)).toEqual(["kept", "missed"]);
    expect(server.framesOf("hello")[1]?.inboxCursor).toBe("cursor-epoch-1");
    expect(server.framesOf("catchUp")[1]?.position?.sequence).toBe(1);
  });

  it("repeatsTypingEveryThreeSecondsAndForgetsItAfterSix", async () => {
    const alice = await watched(await connected(clientOf(server, "alice")), "room");
    const bob = await watched(await connected(clientOf(server, "bob")), "room");

    for (let i = 0; i < 8; i++) {
      alice.setTyping(true);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(server.framesOf("setTyping")).toHaveLength(2);
    expect(bob.state.typing).toEqual(["alice"]);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(bob.state.typing).toEqual(["alice"]);
    await vi.advanceTimersByTimeAsync(1);

    expect(bob.state.typing).toEqual([]);
  });

  it("aMessageEndsTheTypingOfItsSender", async () => {
    const alice = await watched(await connected(clientOf(server, "alice")), "room");
    const bob = await watched(await connected(clientOf(server, "bob")), "room");
    alice.setTyping(true);
    await settle();

    alice.send("here");
    await settle();

    expect(bob.state.typing).toEqual([]);
  });

  it("aListenerThatThrowsIsAProblemAndKeepsNothingFromTheOthers", async () => {
    const client = await connected(clientOf(server, "alice"));
    const problems: TernError[] = [];
    client.on("problem", (problem) => problems.push(problem));
    const planted = new TypeError("planted");
    const heard: ConversationState[] = [];
    const conversation = client.conversation("room");
    conversation.subscribe(() => {
      throw planted;
    });
    conversation.subscribe((state) => heard.push(state));
    await settle();

    server.say("room", "bob", "still here");
    await settle();

    expect(textsOf(conversation)).toEqual(["still here"]);
    expect(heard.at(-1)).toBe(conversation.state);
    expect(conversation.state.isBehind).toBe(false);
    expect(problems).toHaveLength(heard.length);
    expect(problems[0]).toMatchObject({ code: "CLIENT_FAILED", cause: planted });
  });

  it("whatAListenerChangesTheLaterOnesSeeLast", async () => {
    server.say("room", "bob", "new");
    const client = await connected(clientOf(server, "alice"));
    const room = client.conversation("room");
    let last: ConversationState | undefined;
    room.subscribe(() => {
      room.markRead();
    });
    room.subscribe((state) => {
      last = state;
    });

    await settle();

    expect(last?.markers.get("alice")?.read).toBe(1);
  });

  it("aRefusalToCatchUpForGoodIsAProblem", async () => {
    server.intercept = (session, frame, id) => {
      if (frame.$case === "catchUp") {
        server.fail(session, id, 4);
      }
      return frame.$case === "catchUp";
    };
    const client = await connected(clientOf(server, "alice"));
    const problems: string[] = [];
    client.on("problem", ({ code }) => problems.push(code));

    const room = await watched(client, "room");

    expect(problems).toEqual(["FORBIDDEN"]);
    expect(room.state).toMatchObject({ isBehind: true, isGone: false });
  });
});
