// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it, vi } from "vitest";
import { inMemoryStorage, type TernClient } from "../src/index.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, textsOf, watched } from "./fake/people.js";

function listed(client: TernClient): string[] {
  return client.inbox.entries.map(({ conversation }) => conversation.conversationId);
}

function archived(client: TernClient): string[] {
  return client.inbox.archived.map(({ conversation }) => conversation.conversationId);
}

describe("one's own list", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
    server.create("other", "alice", "carol");
    server.say("room", "bob", "1");
  });

  it("whatIsArchivedLeavesTheListAndTheBadgeOnAllDevices", async () => {
    const phone = await connected(clientOf(server, "alice", { deviceId: "phone" }));
    const laptop = await connected(clientOf(server, "alice", { deviceId: "laptop" }));
    expect(phone.inbox.badge).toBe(1);

    await Promise.all([phone.list.archive("room"), settle()]);

    for (const client of [phone, laptop]) {
      expect(listed(client)).toEqual(["other"]);
      expect(archived(client)).toEqual(["room"]);
      expect(client.inbox.badge).toBe(0);
    }
    await Promise.all([laptop.list.unarchive("room"), settle()]);
    expect(listed(phone)).toContain("room");
    expect(phone.inbox.badge).toBe(1);
    expect(server.framesOf("archiveConversation")).toEqual([
      { conversationId: "room", archived: true, untilMessage: true },
      { conversationId: "room", archived: false, untilMessage: false },
    ]);
  });

  it("theArchiveIsReadOnceWithAllItsPages", async () => {
    const client = await connected(clientOf(server, "alice"));
    const pages = ["room", "other"].map((one) => server.conversations.get(one)?.entry("alice"));
    server.intercept = (session, frame, id) => {
      if (frame.$case !== "listInbox") {
        return false;
      }
      const page = { nextPage: "", cursor: "", badge: 0, reset: false };
      const isFirst = frame.value.where === undefined;
      const entry = pages[isFirst ? 0 : 1];
      const entries = entry === undefined ? [] : [{ ...entry, place: 2 as const }];
      const value = { ...page, entries, nextPage: isFirst ? "p2" : "" };
      session.send({ $case: "inboxPage", value }, id);
      return true;
    };

    await Promise.all([client.list.loadArchived(), settle()]);
    await client.list.loadArchived();

    expect(archived(client).sort()).toEqual(["other", "room"]);
    expect(server.framesOf("listInbox")).toHaveLength(2);
  });

  it("whatIsOnTopStandsBeforeNewerOnes", async () => {
    const client = await connected(clientOf(server, "alice"));
    expect(listed(client)).toEqual(["room", "other"]);

    await Promise.all([client.list.pin("other"), settle()]);
    expect(listed(client)).toEqual(["other", "room"]);
    await Promise.all([client.list.unpin("other"), settle()]);

    expect(listed(client)).toEqual(["room", "other"]);
  });

  it("aClearedHistoryIsForgottenHereAndStaysSo", async () => {
    const storage = inMemoryStorage();
    const client = await connected(clientOf(server, "alice", { storage }));
    const room = await watched(client, "room");
    expect(textsOf(room)).toEqual(["1"]);

    await Promise.all([client.list.hide("room", { clearHistory: true }), settle()]);
    expect(textsOf(room)).toEqual([]);
    expect(listed(client)).toEqual(["other"]);
    const fake = server.conversations.get("room");
    if (fake !== undefined) {
      server.announce(fake, fake.edit(1, "1!"));
    }
    server.say("room", "bob", "2");
    await settle();

    expect(textsOf(room)).toEqual(["2"]);
    expect(room.state.hasBefore).toBe(false);
  });

  it("markedUnreadTheMarkerGoesBackOnAllDevices", async () => {
    server.say("room", "bob", "2");
    const phone = await connected(clientOf(server, "alice", { deviceId: "phone" }));
    const laptop = await connected(clientOf(server, "alice", { deviceId: "laptop" }));
    const onLaptop = await watched(laptop, "room");
    onLaptop.markRead();
    await settle();
    const fake = server.conversations.get("room");
    if (fake !== undefined) {
      server.updateInbox(fake);
    }
    await vi.advanceTimersByTimeAsync(3_000);
    expect(phone.inbox.badge).toBe(0);

    await Promise.all([phone.list.markUnread("room", 2), settle()]);

    expect(phone.inbox.badge).toBe(1);
    expect(laptop.inbox.badge).toBe(1);
    expect(onLaptop.state.markers.get("alice")?.read).toBe(1);
    onLaptop.markRead();
    await settle();
    expect(laptop.inbox.badge).toBe(0);
  });

  it("withoutASequenceTheNewestOfSomebodyElseIsUnread", async () => {
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    room.send("mine");
    await settle();

    await Promise.all([client.list.markUnread("room"), settle()]);

    expect(server.framesOf("markUnread")).toEqual([{ conversationId: "room", sequence: 1 }]);
    expect(client.inbox.badge).toBe(1);
  });

  it("aConversationIsMutedUntilATime", async () => {
    const client = await connected(clientOf(server, "alice"));

    await Promise.all([client.list.mute("room", 5_000), settle()]);
    expect(client.inbox.entries[0]?.mutedUntilMs).toBe(5_000);
    await Promise.all([client.list.unmute("room"), settle()]);

    expect(client.inbox.entries[0]?.mutedUntilMs).toBe(0);
  });

  it("aConversationHasAPushLevelOfItsOwnUntilItIsTakenBack", async () => {
    const client = await connected(clientOf(server, "alice"));
    expect(client.inbox.entries[0]?.pushLevel).toBe("asEverywhere");

    await Promise.all([client.list.wakeFor("room", "mentions"), settle()]);
    expect(client.inbox.entries[0]?.pushLevel).toBe("mentions");
    await Promise.all([client.list.wakeFor("room", "asEverywhere"), settle()]);

    expect(client.inbox.entries[0]?.pushLevel).toBe("asEverywhere");
    expect(server.framesOf("setPushLevel")).toEqual([
      { conversationId: "room", level: 2 },
      { conversationId: "room", level: 0 },
    ]);
  });

  it("theArchiveSurvivesANewClient", async () => {
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    await Promise.all([first.list.archive("room"), settle()]);
    await vi.advanceTimersByTimeAsync(200);
    first.disconnect();

    const second = clientOf(server, "alice", { storage });
    server.isDown = true;
    await connected(second);

    expect(archived(second)).toEqual(["room"]);
    expect(listed(second)).toEqual(["other"]);
  });
});

describe("drafts", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
    server.say("room", "bob", "1");
  });

  it("aDraftIsSavedAMomentAfterTheLastKeyAndShowsElsewhere", async () => {
    const phone = await connected(clientOf(server, "alice", { deviceId: "phone" }));
    const laptop = await connected(clientOf(server, "alice", { deviceId: "laptop" }));
    const heard: string[] = [];
    laptop.on("inbox", () => heard.push(laptop.drafts.of("room").text));

    for (const text of ["A", "As", "As I said"]) {
      phone.drafts.write("room", text, 1);
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(server.framesOf("saveDraft")).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(700);
    await settle();

    const saved = { conversationId: "room", text: "As I said", replyTo: 1 };
    expect(server.framesOf("saveDraft")).toEqual([saved]);
    expect(laptop.drafts.of("room")).toMatchObject({ text: "As I said", replyTo: 1 });
    expect(heard.at(-1)).toBe("As I said");
  });

  it("whoeverTypesOnAndOnIsSavedNevertheless", async () => {
    const client = await connected(clientOf(server, "alice"));

    for (let i = 0; i < 20; i++) {
      client.drafts.write("room", "x".repeat(i + 1));
      await vi.advanceTimersByTimeAsync(200);
    }

    expect(server.framesOf("saveDraft").length).toBeGreaterThan(0);
  });

  it("whatIsTypedHereStandsAgainstAnOlderWordFromElsewhere", async () => {
    const phone = await connected(clientOf(server, "alice", { deviceId: "phone" }));
    const laptop = await connected(clientOf(server, "alice", { deviceId: "laptop" }));
    laptop.drafts.write("room", "from the laptop");
    await vi.advanceTimersByTimeAsync(500);
    phone.drafts.write("room", "from the phone");
    await vi.advanceTimersByTimeAsync(200);

    expect(phone.drafts.of("room").text).toBe("from the phone");
    await vi.advanceTimersByTimeAsync(10_000);

    expect(phone.drafts.of("room").text).toBe("from the phone");
    expect(laptop.drafts.of("room").text).toBe("from the phone");
  });

  it("aSentDraftIsGoneAtOnceEverywhere", async () => {
    const phone = await connected(clientOf(server, "alice", { deviceId: "phone" }));
    const laptop = await connected(clientOf(server, "alice", { deviceId: "laptop" }));
    phone.drafts.write("room", "hello");
    await vi.advanceTimersByTimeAsync(1_000);

    phone.drafts.clear("room");
    expect(phone.drafts.of("room").text).toBe("");
    await vi.advanceTimersByTimeAsync(1);
    await settle();

    expect(laptop.drafts.of("room").text).toBe("");
    expect(server.framesOf("saveDraft").at(-1)?.text).toBe("");
    laptop.drafts.clear("room");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.framesOf("saveDraft")).toHaveLength(2);
  });

  it("aDraftWrittenOfflineIsSavedOnceConnectedAlsoByANewClient", async () => {
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    first.disconnect();
    first.drafts.write("room", "in the tunnel");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.framesOf("saveDraft")).toHaveLength(0);

    const second = await connected(clientOf(server, "alice", { storage }));
    expect(second.drafts.of("room").text).toBe("in the tunnel");
    await vi.advanceTimersByTimeAsync(2_000);

    expect(server.framesOf("saveDraft")).toMatchObject([{ text: "in the tunnel" }]);
  });

  it("aBusyServerIsAskedAgain", async () => {
    const client = await connected(clientOf(server, "alice"));
    server.intercept = (session, frame, id) => {
      if (frame.$case !== "saveDraft") {
        return false;
      }
      server.intercept = () => false;
      server.fail(session, id, 8, 500);
      return true;
    };

    client.drafts.write("room", "patience");
    await vi.advanceTimersByTimeAsync(2_000);

    expect(server.framesOf("saveDraft")).toHaveLength(2);
    expect(client.inbox.entries[0]?.draft?.text).toBe("patience");
  });

  it("whatTheServerWillNotSaveStaysInTheFieldAndOnThisDevice", async () => {
    const storage = inMemoryStorage();
    const first = await connected(clientOf(server, "alice", { storage }));
    server.intercept = (session, frame, id) => {
      if (frame.$case === "saveDraft") {
        server.fail(session, id, 1, 0);
      }
      return frame.$case === "saveDraft";
    };

    first.drafts.write("room", "too long");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.framesOf("saveDraft")).toHaveLength(1);
    expect(first.drafts.of("room").text).toBe("too long");
    first.disconnect();

    const second = await connected(clientOf(server, "alice", { storage }));
    expect(second.drafts.of("room").text).toBe("too long");
  });
});
