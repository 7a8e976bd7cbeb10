// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it, vi } from "vitest";
import type { TernClient } from "../src/client.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, watched } from "./fake/people.js";

describe("inbox", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
  });

  it("listsTheNewestFirstWithUnread", async () => {
    server.create("other", "alice", "carol");
    server.say("room", "bob", "1");
    await vi.advanceTimersByTimeAsync(5);
    server.say("other", "carol", "2");

    const client = await connected(clientOf(server, "alice"));

    expect(client.inbox).toMatchObject({
      badge: 2,
      isLoaded: true,
      entries: [
        { conversation: { conversationId: "other" }, unread: 1, peerId: "carol" },
        { conversation: { conversationId: "room" }, unread: 1, peerId: "bob" },
      ],
    });
  });

  it("showsALiveMessageAtOnceAndItsUnreadWithTheUpdate", async () => {
    const client = await connected(clientOf(server, "alice"));
    const heard: string[] = [];
    client.on("message", ({ message }) => heard.push(message.senderId));

    server.say("room", "bob", "live");
    await settle();
    expect(client.inbox.entries[0]?.lastMessage?.content).toEqual({ type: "text", text: "live" });
    const room = server.conversations.get("room");
    if (room) {
      server.updateInbox(room);
    }
    await settle();

    expect(client.inbox).toMatchObject({ badge: 1, entries: [{ unread: 1 }] });
    expect(heard).toEqual(["bob"]);
  });

  it("readingClearsTheBadge", async () => {
    server.say("room", "bob", "1");
    server.say("room", "bob", "2");
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    expect(client.inbox.badge).toBe(2);

    room.markRead();
    await settle();

    expect(client.inbox).toMatchObject({ badge: 0, entries: [{ unread: 0 }] });
    expect(server.framesOf("markRead")).toEqual([{ conversationId: "room", sequence: 2 }]);
  });

  it("anUpdateFromBeforeTheReadingDoesNotBringUnreadBack", async () => {
    server.say("room", "bob", "1");
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    const stale = server.conversations.get("room")?.entry("alice");
    room.markRead();
    await settle();

    const entries = stale ? [stale] : [];
    server.sessions[0]?.send({ $case: "inboxUpdate", value: { entries, badge: 0 } });
    await settle();

    expect(client.inbox.entries[0]?.unread).toBe(0);
  });

  it("whatIsMarkedUnreadElsewhereRightAfterAReadingIsFoundOut", async () => {
    server.say("room", "bob", "1");
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    room.markRead();
    await settle();
    const fake = server.conversations.get("room");
    fake?.markUnread("alice", 1);
    const entry = fake?.entry("alice");
    const entries = entry === undefined ? [] : [entry];
    server.intercept = (session, frame, id) => {
      if (frame.$case === "listInbox") {
        const page = { entries, nextPage: "", cursor: "c2", badge: 1, reset: false };
        session.send({ $case: "inboxPage", value: page }, id);
      }
      return frame.$case === "listInbox";
    };

    server.sessions[0]?.send({ $case: "inboxUpdate", value: { entries, badge: 1 } });
    await settle();
    await vi.advanceTimersByTimeAsync(2_000);
    await settle();

    expect(server.framesOf("listInbox")).toMatchObject([{ where: { $case: "since" } }]);
    expect(client.inbox).toMatchObject({ badge: 1, entries: [{ unread: 1 }] });
    expect(room.state.markers.get("alice")?.read).toBe(0);
  });

  it("whatWasReadOfflineIsToldLater", async () => {
    server.say("room", "bob", "1");
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    client.disconnect();

    room.markRead();
    expect(client.inbox.badge).toBe(0);
    expect(server.framesOf("markRead")).toHaveLength(0);
    await connected(client);

    expect(server.framesOf("markRead")).toEqual([{ conversationId: "room", sequence: 1 }]);
  });

  it("acknowledgesAtOnceThenTheNewestOnceASecond", async () => {
    await connected(clientOf(server, "alice"));
    const told = (): number[] => server.framesOf("acknowledge").map(({ sequence }) => sequence);

    for (let i = 0; i < 20; i++) {
      server.say("room", "bob", String(i));
    }
    await settle();
    expect(told()).toEqual([1]);
    await vi.advanceTimersByTimeAsync(999);
    expect(told()).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1);
    await settle();

    expect(told()).toEqual([1, 20]);
  });

  it("acknowledgesOneConversationWithoutWaitingForAnother", async () => {
    server.create("other", "alice", "bob");
    await connected(clientOf(server, "alice"));

    server.say("room", "bob", "here");
    server.say("other", "bob", "there");
    await settle();

    expect(server.framesOf("acknowledge")).toEqual([
      { conversationId: "room", revision: 3, sequence: 1 },
      { conversationId: "other", revision: 3, sequence: 1 },
    ]);
  });

  it("acknowledgesWhatTheListShows", async () => {
    server.say("room", "bob", "while away");

    await connected(clientOf(server, "alice"));

    expect(server.framesOf("acknowledge")).toEqual([
      { conversationId: "room", revision: 3, sequence: 1 },
    ]);
  });

  it("takesAllPagesBeforeItsCursorCounts", async () => {
    for (let i = 0; i < 5; i++) {
      server.create(`room-${i}`, "alice", "bob");
    }
    const entries = [...server.conversations.values()].map((one) => one.entry("alice"));
    const page = { entries: [], nextPage: "", cursor: "", badge: 0, reset: false };
    const client = clientOf(server, "alice");
    server.conversations.clear();
    server.intercept = (session, frame, id) => {
      if (frame.$case === "hello") {
        server.sessions.push(session);
        const inbox = { ...page, entries: entries.slice(0, 3), nextPage: "p2", cursor: "c" };
        const limits = { ...server.limits, maxFrameBytes: 1, maxContentBytes: 1 };
        session.send(
          {
            $case: "welcome",
            value: {
              userId: "alice",
              sessionId: "s",
              epoch: "e",
              serverTimeMs: 0,
              tokenExpiresAtMs: 0,
              inbox,
              limits: { ...limits, maxMetadataBytes: 1, maxPageEntries: 3, maxGroupMembers: 1 },
            },
          },
          id,
        );
        return true;
      }
      if (frame.$case === "listInbox") {
        session.send({ $case: "inboxPage", value: { ...page, entries: entries.slice(3) } }, id);
        return true;
      }
      return false;
    };

    await connected(client);
    await settle();
    expect(client.inbox.entries).toHaveLength(6);
    expect(server.framesOf("listInbox")).toMatchObject([{ where: { value: "p2" } }]);
    server.cut();
    await settle();
    await vi.advanceTimersByTimeAsync(1_000);

    expect(server.framesOf("hello")[1]?.inboxCursor).toBe("c");
  });

  it("aConversationThatIsOpenedStandsInTheListAtOnce", async () => {
    const client = await connected(clientOf(server, "alice"));

    const direct = await client.openDirect("dora");

    expect(direct.state.details?.kind).toBe("direct");
    expect(client.inbox.entries.map(({ peerId }) => peerId)).toContain("dora");
  });

  describe("ofAnotherUser", () => {
    let userId: string;
    let problems: string[];

    async function aliceThenBob(): Promise<TernClient> {
      problems = [];
      userId = "alice";
      const getToken = (): Promise<string> => Promise.resolve(`token-of-${userId}`);
      const client = await connected(clientOf(server, "alice", { getToken }));
      client.on("problem", ({ code }) => problems.push(code));
      client.disconnect();
      userId = "bob";
      return connected(client);
    }

    it("isAskedForAgainWhereTheServerIsBusy", async () => {
      let asked = 0;
      server.intercept = (session, frame, id) => {
        if (frame.$case === "listInbox" && ++asked === 1) {
          server.fail(session, id, 8, 100);
        } else if (frame.$case === "listInbox") {
          const entries = [...server.conversations.values()].map((one) => one.entry("bob"));
          const value = { entries, nextPage: "", cursor: "new", badge: 0, reset: false };
          session.send({ $case: "inboxPage", value }, id);
        }
        return frame.$case === "listInbox";
      };
      const client = await aliceThenBob();
      await vi.advanceTimersByTimeAsync(100);
      await settle();

      expect(client.inbox.entries).toMatchObject([{ conversation: { conversationId: "room" } }]);
      expect(problems).toEqual([]);
    });

    it("isAProblemWhereItIsRefused", async () => {
      server.intercept = (session, frame, id) => {
        if (frame.$case === "listInbox") {
          server.fail(session, id, 4);
        }
        return frame.$case === "listInbox";
      };
      await aliceThenBob();

      expect(problems).toEqual(["FORBIDDEN"]);
    });

    it("comesWithTheNextSessionWhereThisOneIsLost", async () => {
      server.intercept = (_, frame) => {
        if (frame.$case === "listInbox") {
          server.cut();
        }
        return frame.$case === "listInbox";
      };
      const client = await aliceThenBob();
      expect(client.inbox.entries).toEqual([]);
      await vi.advanceTimersByTimeAsync(500);
      await settle();

      expect(client.inbox.entries).toHaveLength(1);
      expect(problems).toEqual([]);
    });
  });

  it("aRefusedReadingTakesNoLaterOneWithIt", async () => {
    server.say("room", "bob", "1");
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    let refuse: (() => void) | undefined;
    server.intercept = (session, frame, id) => {
      if (frame.$case !== "markRead" || refuse !== undefined) {
        return false;
      }
      refuse = (): void => {
        server.fail(session, id, 4);
      };
      return true;
    };
    room.markRead();
    await settle();
    server.say("room", "bob", "2");
    await settle();
    room.markRead();
    refuse?.();
    await settle();

    expect(server.framesOf("markRead").map(({ sequence }) => sequence)).toEqual([1, 2]);
  });
});
