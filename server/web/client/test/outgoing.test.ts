// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it, vi } from "vitest";
import { inMemoryStorage } from "../src/storage.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, textsOf, ticksOf, watched } from "./fake/people.js";

describe("outgoing messages", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
  });

  it("showsAMessageAtOnceAndTicksItWhenAccepted", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");

    room.send("مرحبا");
    expect(ticksOf(room)).toEqual(["pending"]);
    await settle();

    expect(textsOf(room)).toEqual(["مرحبا"]);
    expect(ticksOf(room)).toEqual(["accepted"]);
    expect(room.state.messages[0]?.sequence).toBe(1);
  });

  it("showsAnAcceptedMessageOnceWhenItsEnvelopeComesLate", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    server.announce = () => undefined;

    room.send("one");
    await settle();

    expect(textsOf(room)).toEqual(["one"]);
    expect(ticksOf(room)).toEqual(["accepted"]);
  });

  it("showsAMessageOnceWhenItsEnvelopeComesBeforeItsAccepted", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    server.intercept = (_session, frame) => {
      if (frame.$case !== "sendMessage") {
        return false;
      }
      const conversation = server.conversations.get("room");
      const changes = conversation?.send("alice", frame.value);
      if (conversation !== undefined && changes !== undefined) {
        server.announce(conversation, changes);
      }
      return true;
    };

    room.send("one");
    await settle();

    expect(textsOf(room)).toEqual(["one"]);
    expect(ticksOf(room)).toEqual(["accepted"]);
  });

  it("resendsWithTheSameIdWhenTheAnswerWasLost", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    server.intercept = (session, frame, id) => {
      if (frame.$case === "sendMessage") {
        server.intercept = () => false;
        session.socket.freeze();
        server.answer(session, frame, id);
        session.socket.end(1006);
        return true;
      }
      return false;
    };

    const clientMessageId = room.send("once");
    await settle();
    await vi.advanceTimersByTimeAsync(1_000);
    await settle();

    expect(textsOf(room)).toEqual(["once"]);
    expect(server.conversations.get("room")?.messages).toHaveLength(1);
    const sent = server.framesOf("sendMessage").map((frame) => frame.clientMessageId);
    expect(new Set(sent)).toEqual(new Set([clientMessageId]));
  });

  it("sendsWhatWasWrittenOfflineInOrder", async () => {
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    client.disconnect();

    for (const text of ["1", "2", "3", "4", "5"]) {
      room.send(text);
    }
    expect(ticksOf(room)).toEqual(Array(5).fill("pending"));
    client.connect();
    await settle();
    await settle();

    expect(server.conversations.get("room")?.messages.map(({ sequence }) => sequence)).toEqual([
      1, 2, 3, 4, 5,
    ]);
    expect(textsOf(room)).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("keepsTheOrderWhenTheServerAsksToWait", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    let refusals = 2;
    server.intercept = (session, frame, id) => {
      if (frame.$case === "sendMessage" && refusals-- > 0) {
        server.fail(session, id, 8, 3_000);
        return true;
      }
      return false;
    };

    room.send("first");
    room.send("second");
    await settle();
    room.send("third");
    await vi.advanceTimersByTimeAsync(2_999);
    expect(server.conversations.get("room")?.messages).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(10_000);
    await settle();

    expect(textsOf(room)).toEqual(["first", "second", "third"]);
    expect(server.framesOf("sendMessage")).toHaveLength(5);
  });

  it("aRefusedMessageFailsAndTheNextGoesOn", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    server.intercept = (session, frame, id) => {
      if (frame.$case === "sendMessage") {
        server.intercept = () => false;
        server.fail(session, id, 1);
        return true;
      }
      return false;
    };

    const refused = room.send("refused");
    room.send("kept");
    await settle();
    expect(room.state.messages.map(({ tick, error }) => [tick, error])).toEqual([
      ["accepted", undefined],
      ["failed", "INVALID_ARGUMENT"],
    ]);
    room.retry(refused);
    await settle();

    expect(textsOf(room)).toEqual(["kept", "refused"]);
    expect(ticksOf(room)).toEqual(["accepted", "accepted"]);
  });

  it("aFailedMessageCanBeForgotten", async () => {
    const room = await watched(await connected(clientOf(server, "alice")), "room");
    server.intercept = (session, frame, id) => {
      if (frame.$case === "sendMessage") {
        server.fail(session, id, 1);
        return true;
      }
      return false;
    };
    const refused = room.send("refused");
    await settle();

    room.discard(refused);

    expect(room.state.messages).toEqual([]);
  });

  it("whatWasNotAcceptedSurvivesANewClient", async () => {
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    const room = await watched(first, "room");
    first.disconnect();
    const clientMessageId = room.send("later");
    await vi.advanceTimersByTimeAsync(200);

    const second = await connected(clientOf(server, "alice", { storage }));
    await settle();

    expect(server.conversations.get("room")?.messages).toMatchObject([{ clientMessageId }]);
    expect(textsOf(await watched(second, "room"))).toEqual(["later"]);
  });

  it("deliveredAndReadFollowTheSlowestOfTheOthers", async () => {
    const group = server.create("group", "alice", "bob", "carol");
    const room = await watched(await connected(clientOf(server, "alice")), "group");
    room.send("to both");
    await settle();

    group.markRead("bob", 1);
    server.tellMarkers(group);
    await settle();
    expect(ticksOf(room)).toEqual(["accepted"]);
    group.markRead("carol", 1);
    server.tellMarkers(group);
    await settle();

    expect(ticksOf(room)).toEqual(["read"]);
  });
});
