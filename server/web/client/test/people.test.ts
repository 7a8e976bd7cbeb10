// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakePeople } from "./fake/fakePeople.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle } from "./fake/people.js";

/** Longer than what is gathered before it is asked for. */
const GATHERED_MS = 60;

describe("people", () => {
  let server: FakeServer;
  let people: FakePeople;

  freshServerEach((fresh) => {
    server = fresh;
  });
  beforeEach(() => {
    people = new FakePeople(server);
  });

  async function gathered(): Promise<void> {
    await vi.advanceTimersByTimeAsync(GATHERED_MS);
    await settle();
  }

  it("whatIsShownAtOnceIsAskedForOnce", async () => {
    people.name("bob", "Bob");
    people.name("mei", "美");
    people.online.add("mei");
    const client = await connected(clientOf(server, "alice"));

    client.people.watch(["bob", "alice"]);
    client.people.watch(["bob", "mei"]);
    await gathered();

    expect(client.people.state.profiles.get("mei")?.name).toBe("美");
    expect(client.people.state.presences.get("mei")?.online).toBe(true);
    expect(client.people.state.presences.get("bob")).toEqual({
      userId: "bob",
      online: false,
      awaySinceMs: 7,
    });
    expect(server.framesOf("readProfiles")).toEqual([
      { userIds: ["bob", "alice", "mei"], conversationId: "" },
    ]);
    expect(server.framesOf("subscribePresence")).toEqual([{ userIds: ["bob", "mei"] }]);
  });

  it("whoLeavesTheScreenIsNoLongerFollowed", async () => {
    const client = await connected(clientOf(server, "alice"));
    client.people.watch(["bob"]);
    const stop = client.people.watch(["bob", "mei"]);
    await gathered();

    stop();
    stop();
    await gathered();

    expect(server.framesOf("subscribePresence").at(-1)).toEqual({ userIds: ["bob"] });
    expect([...client.people.state.presences.keys()]).toEqual(["bob"]);
  });

  it("whoComesBackToTheScreenIsReadAgainOnlyAfterAMinute", async () => {
    const client = await connected(clientOf(server, "alice"));
    for (let times = 0; times < 3; times++) {
      client.people.watch(["bob"])();
      await gathered();
    }
    expect(server.framesOf("readProfiles")).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(60_000);
    client.people.watch(["bob"]);
    await gathered();

    expect(server.framesOf("readProfiles")).toHaveLength(2);
  });

  it("whoIsShownInALiveRoomIsAskedForThereAtOnceAndInEachSession", async () => {
    const client = await connected(clientOf(server, "alice"));
    client.people.watch(["bob", "mei"]);
    await gathered();

    client.people.watch(["bob"], "room");
    client.people.watch(["bob"]);
    await gathered();
    server.cut();
    await vi.advanceTimersByTimeAsync(1_000);
    await gathered();

    const there = { userIds: ["bob"], conversationId: "room" };
    expect(server.framesOf("readProfiles")).toEqual([
      { userIds: ["bob", "mei"], conversationId: "" },
      there,
      { userIds: ["mei"], conversationId: "" },
      there,
    ]);
  });

  it("ofTooManyOnTheScreenTheNewestAreFollowed", async () => {
    const client = await connected(clientOf(server, "alice"));

    client.people.watch(Array.from({ length: 250 }, (_, index) => `u${index}`));
    await gathered();

    expect(server.framesOf("readProfiles").map(({ userIds }) => userIds.length)).toEqual([
      100, 100, 50,
    ]);
    expect(server.framesOf("subscribePresence")[0]?.userIds).toHaveLength(200);
    expect(server.framesOf("subscribePresence")[0]?.userIds.at(-1)).toBe("u249");
  });

  it("nobodyIsOnlineWhileNobodyTellsAndAllIsAskedAnewAfterwards", async () => {
    people.online.add("bob");
    people.blocked.add("eve");
    const client = await connected(clientOf(server, "alice"));
    client.people.watch(["bob"]);
    await gathered();
    people.name("bob", "Robert");

    server.cut();
    await settle();
    expect(client.people.state.presences.size).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    await gathered();

    expect(client.people.state.presences.get("bob")?.online).toBe(true);
    expect(client.people.state.profiles.get("bob")?.name).toBe("Robert");
    expect(server.framesOf("listBlocked")).toHaveLength(4);
  });

  it("aServerWithoutRoomIsAskedAgainLater", async () => {
    people.hasRoom = false;
    const client = await connected(clientOf(server, "alice"));
    client.people.watch(["bob"]);
    await gathered();
    expect(server.framesOf("subscribePresence")).toHaveLength(1);

    people.hasRoom = true;
    await vi.advanceTimersByTimeAsync(30_000);
    await settle();
    await vi.advanceTimersByTimeAsync(60_000);

    expect(server.framesOf("subscribePresence")).toHaveLength(2);
  });

  it("newsChangeWhatIsKnownAndOldOnesDoNot", async () => {
    const client = await connected(clientOf(server, "alice"));
    client.people.watch(["bob"]);
    await gathered();
    const heard: string[] = [];
    client.on("people", ({ profiles }) => heard.push(profiles.get("bob")?.name ?? ""));

    const newer = people.name("bob", "Bobby", 5);
    const older = people.name("bob", "Bob", 4);
    server.sessions[0]?.send({ $case: "profiles", value: { profiles: [newer] } });
    server.sessions[0]?.send({ $case: "profiles", value: { profiles: [older] } });
    const presences = [{ userId: "bob", online: true, awaySinceMs: 0 }];
    server.sessions[0]?.send({ $case: "presenceUpdate", value: { presences, live: true } });
    await settle();

    expect(heard).toEqual(["Bobby", "Bobby"]);
    expect(client.people.state.presences.get("bob")?.online).toBe(true);
  });

  it("knowsWhomOneAvoidsOnAnyDevice", async () => {
    people.blocked.add("eve").add("mallory");
    people.muted.add("noel");
    const client = await connected(clientOf(server, "alice"));
    client.people.watch(["bob"]);
    await gathered();
    expect([...client.people.state.blocked]).toEqual(["eve", "mallory"]);
    expect([...client.people.state.muted]).toEqual(["noel"]);

    await client.people.unblock("eve");
    await client.people.mute("bob");
    const value = { userId: "zoe", blocked: true, muted: false };
    server.sessions[0]?.send({ $case: "relationChanged", value });
    await settle();

    expect([...client.people.state.blocked]).toEqual(["mallory", "zoe"]);
    expect([...client.people.state.muted]).toEqual(["noel", "bob"]);
  });

  it("onesOwnProfileAndPreferencesShowOnceTheyAreKept", async () => {
    const client = await connected(clientOf(server, "alice"));
    expect(client.people.state.preferences).toBeUndefined();

    await client.people.updateProfile({ name: "Alice" });
    await client.people.updatePreferences({ presenceVisibility: "contacts" });
    await client.people.updatePreferences({ invisible: true });

    expect(client.people.state.profiles.get("alice")?.name).toBe("Alice");
    expect(client.people.state.preferences).toEqual({
      presenceVisibility: "contacts",
      invisible: true,
      pushLevel: "all",
      mentionsPass: true,
      urgentPasses: true,
    });
    expect(server.framesOf("updatePreferences")).toMatchObject([
      { presenceVisibility: 2, invisible: undefined },
      { presenceVisibility: 0, invisible: true },
    ]);
  });

  it("whatOneWantsToBeWokenForIsSaidPartByPart", async () => {
    const client = await connected(clientOf(server, "alice"));
    const quietHours = { from: "22:30", to: "07:00", zone: "Europe/Berlin" };

    await client.people.updatePreferences({ pushLevel: "mentions", urgentPasses: false });
    await client.people.updatePreferences({ quietHours, mentionsPass: false });
    expect(client.people.state.preferences).toMatchObject({
      pushLevel: "mentions",
      quietHours,
      mentionsPass: false,
      urgentPasses: false,
    });
    await client.people.updatePreferences({ quietHours: "none" });

    expect(client.people.state.preferences?.quietHours).toBeUndefined();
    expect(server.framesOf("updatePreferences")).toEqual([
      { presenceVisibility: 0, pushLevel: 2, urgentPasses: false },
      { presenceVisibility: 0, pushLevel: 0, quietHours, mentionsPass: false },
      { presenceVisibility: 0, pushLevel: 0, quietHours: { from: "", to: "", zone: "" } },
    ]);
  });

  it("aReportNamesAMessageOrAPersonAndHasAnIdOfItsOwn", async () => {
    const client = await connected(clientOf(server, "alice"));

    await client.people.report({ conversationId: "room", sequence: 4 }, "selfHarm", "worried");
    await client.people.report({ userId: "bob" }, "spam");

    const [one, other] = server.framesOf("report");
    expect(one).toMatchObject({ conversationId: "room", sequence: 4, userId: "", reason: 6 });
    expect(one?.text).toBe("worried");
    expect(other).toMatchObject({ conversationId: "", sequence: 0, userId: "bob", reason: 1 });
    expect(one?.reportId).not.toBe(other?.reportId);
  });

  it("anotherUserOfTheClientHasPeopleOfTheirOwn", async () => {
    people.name("bob", "Bob");
    let userId = "alice";
    const getToken = (): Promise<string> => Promise.resolve(`token-of-${userId}`);
    const client = await connected(clientOf(server, "alice", { getToken }));
    client.people.watch(["bob"]);
    await client.people.block("eve");
    await gathered();
    people.blocked.clear();
    people.profiles.clear();

    client.disconnect();
    userId = "zoe";
    await connected(client);
    await gathered();

    expect(client.people.state.profiles.size).toBe(0);
    expect(client.people.state.blocked.size).toBe(0);
  });

  describe("aLateRefusal", () => {
    let refuse: () => void;

    beforeEach(() => {
      const answer = server.intercept;
      let asked = 0;
      server.intercept = (session, frame, id) => {
        if (frame.$case !== "subscribePresence" || ++asked > 1) {
          return answer(session, frame, id);
        }
        refuse = (): void => {
          server.fail(session, id, 4);
        };
        return true;
      };
    });

    it("doesNotDelayWhatIsWantedMeanwhile", async () => {
      const client = await connected(clientOf(server, "alice"));
      client.people.watch(["bob"]);
      await gathered();
      client.people.watch(["mei"]);
      refuse();
      await gathered();

      expect(server.framesOf("subscribePresence").at(-1)).toEqual({ userIds: ["bob", "mei"] });
    });

    it("asksNothingAgainThatWasAnsweredMeanwhile", async () => {
      const client = await connected(clientOf(server, "alice"));
      client.people.watch(["bob"]);
      await gathered();
      client.people.watch(["mei"]);
      await gathered();
      refuse();
      await vi.advanceTimersByTimeAsync(60_000);

      expect(server.framesOf("subscribePresence")).toHaveLength(2);
    });
  });
});
