// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it, vi } from "vitest";
import { inMemoryStorage, type StateStorage } from "../src/storage.js";
import { FakePeople } from "./fake/fakePeople.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, textsOf, watched } from "./fake/people.js";

/** A storage that holds this. */
function holding(stored: unknown): StateStorage {
  return { load: () => Promise.resolve(stored), save: () => Promise.resolve() };
}

async function saved(): Promise<void> {
  await vi.advanceTimersByTimeAsync(200);
}

describe("a new life of the client", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
  });

  it.each([1, 2, 3, 99])("sendsWhatVersion%iHadNotSent", async (version) => {
    const message = {
      senderId: "alice",
      clientMessageId: "11111111-1111-4111-8111-111111111111",
      createdAtMs: 5,
      content: { type: "text", text: "from before" },
    };
    const storage = holding({
      version,
      userId: "alice",
      inboxCursor: "old",
      badge: 7,
      entries: [{ nonsense: true }],
      conversations: [{ nonsense: true }],
      outgoing: [{ conversationId: "room", message }, { conversationId: "room" }],
      drafts: [{ conversationId: "room", text: "begun", replyTo: 0 }],
    });

    const client = await connected(clientOf(server, "alice", { storage }));
    await settle();

    expect(textsOf(await watched(client, "room"))).toEqual(["from before"]);
    expect(server.conversations.get("room")?.messages[0]?.clientMessageId).toBe(
      message.clientMessageId,
    );
    expect(client.drafts.of("room").text).toBe("begun");
    expect(server.framesOf("hello")[0]?.inboxCursor).toBe("");
    expect(client.inbox).toMatchObject({ badge: 0, isLoaded: true });
  });

  it.each([
    undefined,
    null,
    7,
    "text",
    {},
    { version: 3 },
    { version: 3, userId: "", outgoing: 1 },
  ])("beginsAnewWithWhatNobodyUnderstands, %j", async (stored) => {
    const storage = holding(stored);

    const client = await connected(clientOf(server, "alice", { storage }));

    expect(client.inbox.isLoaded).toBe(true);
  });

  it("showsARefusedEditStill", async () => {
    server.say("room", "alice", "helo");
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    const room = await watched(first, "room");
    server.intercept = (session, frame, id) => {
      if (frame.$case === "editMessage") {
        server.fail(session, id, 18);
      }
      return frame.$case === "editMessage";
    };
    room.edit(1, "rude").catch(() => undefined);
    await saved();
    first.disconnect();

    const second = await connected(clientOf(server, "alice", { storage }));

    const { messages } = (await watched(second, "room")).state;
    expect(messages[0]?.refusedEdit).toMatchObject({ content: { text: "rude" } });
  });
});

describe("profiles between two lives", () => {
  let server: FakeServer;
  let people: FakePeople;

  freshServerEach((fresh) => {
    server = fresh;
    people = new FakePeople(server);
  });

  it("areShownBeforeTheServerHasTold", async () => {
    people.name("bob", "Bob");
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    first.people.watch(["bob"]);
    await saved();
    first.disconnect();
    server.isDown = true;

    const second = await connected(clientOf(server, "alice", { storage }));

    expect(second.people.state.profiles.get("bob")?.name).toBe("Bob");
  });

  it("ofTwoStatesTheNewerWinsAndWhoHasNoneAnyMoreIsForgotten", async () => {
    people.name("bob", "Bob");
    people.name("mei", "Mei");
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    first.people.watch(["bob", "mei"]);
    await saved();
    first.disconnect();
    people.name("bob", "Robert", 2);
    people.profiles.delete("mei");

    const second = await connected(clientOf(server, "alice", { storage }));
    second.people.watch(["bob", "mei"]);
    await saved();

    const { profiles } = second.people.state;
    expect([...profiles.values()].map(({ name }) => name)).toEqual(["Robert"]);
  });

  it("areKeptOfTheFiveHundredShownLast", async () => {
    const everybody = Array.from({ length: 600 }, (_, index) => `user-${index}`);
    everybody.forEach((userId) => people.name(userId, userId));
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    first.people.watch(everybody);
    await saved();
    first.people.watch(["user-0"]);
    server.say("room", "bob", "hi");
    await saved();
    first.disconnect();

    const second = await connected(clientOf(server, "alice", { storage }));

    const { profiles } = second.people.state;
    expect(profiles.size).toBe(500);
    expect([profiles.has("user-0"), profiles.has("user-1"), profiles.has("user-599")]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("areNotShownToAnotherUser", async () => {
    people.name("bob", "Bob");
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    first.people.watch(["bob"]);
    await saved();
    first.disconnect();

    const second = await connected(clientOf(server, "mallory", { storage }));

    expect(second.people.state.profiles.size).toBe(0);
  });
});
