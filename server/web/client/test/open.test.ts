// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ClientOptions, TernClient } from "../src/client.js";
import type { OpenRoom } from "../src/openRoom.js";
import type { FakeConversation } from "./fake/fakeConversation.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { bar, beginAnew, makeOpen, pageOf, tellCount } from "./fake/fakeWatchers.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle } from "./fake/people.js";

function textsOf({ state }: OpenRoom): string[] {
  return state.messages.map(({ content }) => (content.type === "text" ? content.text : "?"));
}

describe("a room that is watched", () => {
  let server: FakeServer;
  let cam: FakeConversation;

  freshServerEach((fresh) => {
    server = fresh;
  });
  beforeEach(() => {
    cam = server.create("cam", "owner");
    makeOpen(server, cam);
  });

  it("tellsAllWhoWatchThoughOneThrows", async () => {
    const [room, client] = await watching();
    const problems: string[] = [];
    client.on("problem", ({ code }) => problems.push(code));
    let last = room.state;
    room.watch(() => {
      throw new TypeError("planted");
    });
    room.watch((state) => {
      last = state;
    });

    server.say("cam", "owner", "a chick");
    await settle();

    expect(textsOf(room)).toEqual(["a chick"]);
    expect(last).toBe(room.state);
    expect(new Set(problems)).toEqual(new Set(["CLIENT_FAILED"]));
  });

  async function watching(
    userId = "ann",
    options: Partial<ClientOptions> = {},
    keep = 200,
  ): Promise<[OpenRoom, TernClient, () => void]> {
    const client = await connected(clientOf(server, userId, options));
    const room = client.open.room("cam", { keep });
    const stop = room.watch(() => undefined);
    await settle();
    return [room, client, stop];
  }

  it("beginsWithTheNewestPageAndGoesOnLive", async () => {
    server.say("cam", "owner", "welcome");

    const [room] = await watching();
    expect(room.state).toMatchObject({ isLoaded: true, isBehind: false, watchers: 1 });
    server.say("cam", "owner", "a gull!");
    await settle();

    expect(textsOf(room)).toEqual(["welcome", "a gull!"]);
    expect(room.state.details).toMatchObject({ kind: "open", watching: { access: "public" } });
    expect(room.state.members).toMatchObject([{ userId: "owner" }]);
  });

  it("isNeitherAcknowledgedNorInTheListOfThoseWhoWatch", async () => {
    const [, client] = await watching();
    const told = vi.fn();
    client.on("message", told);

    server.say("cam", "owner", "a gull!");
    await vi.advanceTimersByTimeAsync(2_000);

    expect(server.framesOf("acknowledge")).toEqual([]);
    expect(server.framesOf("catchUp")).toEqual([]);
    expect(client.inbox.entries).toHaveLength(0);
    expect(told).not.toHaveBeenCalled();
  });

  it("countsThoseWhoWatch", async () => {
    const [room] = await watching();

    tellCount(server, "cam", 18_000);
    await settle();

    expect(room.state.watchers).toBe(18_000);
  });

  it("asksFromItsPositionAfterALostConnection", async () => {
    server.say("cam", "owner", "one");
    const [room] = await watching();
    server.cut();
    await settle();
    expect(room.state).toMatchObject({ isBehind: true, isLoaded: true });
    server.say("cam", "owner", "two");
    await vi.advanceTimersByTimeAsync(30_000);

    expect(textsOf(room)).toEqual(["one", "two"]);
    expect(room.state.isBehind).toBe(false);
    expect(room.state.skipped).toBeUndefined();
    expect(server.framesOf("watchConversation")[1]?.position).toEqual({
      epoch: "epoch-1",
      revision: 2,
      sequence: 1,
    });
  });

  it("saysWhatWasSkippedWhenTooMuchHappenedMeanwhileUntilThatIsLoaded", async () => {
    server.say("cam", "owner", "before");
    const [room] = await watching();
    server.cut();
    for (let i = 2; i <= 120; i++) {
      server.say("cam", "owner", `no. ${i}`);
    }
    await vi.advanceTimersByTimeAsync(30_000);
    expect(textsOf(room)).toHaveLength(50);
    expect(room.state.skipped).toEqual({ after: 1, through: 70 });
    expect(room.state.hasBefore).toBe(true);

    await room.loadOlder();
    expect(room.state.skipped).toBeDefined();
    await room.loadOlder();

    expect(room.state.skipped).toBeUndefined();
    expect(textsOf(room)).toHaveLength(120);
  });

  it("asksAgainWhenAStepWasMissed", async () => {
    const [room] = await watching();
    cam.say("owner", "swallowed");

    server.say("cam", "owner", "heard");
    await settle();

    expect(textsOf(room)).toEqual(["swallowed", "heard"]);
    expect(server.framesOf("watchConversation")).toHaveLength(2);
  });

  it("asksAgainForWhatAMemberHeardOfWhileThePageWasUnderWay", async () => {
    const client = await connected(clientOf(server, "owner"));
    server.intercept = (session, frame, id) => {
      if (frame.$case !== "watchConversation") {
        return false;
      }
      server.intercept = () => false;
      const page = pageOf(server, cam, undefined);
      server.say("cam", "owner", "after the page was read");
      const value = { conversationId: "cam", watchers: 1, pageFollows: true };
      session.send({ $case: "watching", value }, id);
      session.send({ $case: "catchUpPage", value: page });
      return true;
    };

    const room = client.open.room("cam");
    room.watch(() => undefined);
    await settle();

    expect(textsOf(room)).toEqual(["after the page was read"]);
    expect(room.state.isBehind).toBe(false);
  });

  it("beginsAnewWhenTheServerSaysSo", async () => {
    server.say("cam", "owner", "seen");
    const [room] = await watching();
    for (let i = 2; i <= 70; i++) {
      cam.say("owner", `no. ${i}`);
    }

    beginAnew(server, cam);
    await settle();

    expect(textsOf(room)).toHaveLength(50);
    expect(room.state.skipped).toEqual({ after: 1, through: 20 });
    expect(room.state.isBehind).toBe(false);
  });

  it("keepsTheNewestMessagesOnlyUntilOlderOnesAreWanted", async () => {
    const [room] = await watching("ann", {}, 60);
    for (let i = 1; i <= 130; i++) {
      server.say("cam", "owner", `no. ${i}`);
    }
    await settle();
    expect(textsOf(room)).toHaveLength(60);
    expect(textsOf(room)[0]).toBe("no. 71");
    expect(room.state.hasBefore).toBe(true);

    await room.loadOlder();
    server.say("cam", "owner", "live");
    await settle();
    expect(textsOf(room)).toHaveLength(111);
    room.forgetOlder();

    expect(textsOf(room)).toHaveLength(60);
    expect(textsOf(room).at(-1)).toBe("live");
  });

  it("holdsNoMoreThanTwoThousandWhileOlderOnesAreRead", async () => {
    for (let i = 1; i <= 2_200; i++) {
      cam.say("owner", `no. ${i}`);
    }
    const [room] = await watching();

    for (let pages = 0; pages < 39; pages++) {
      await room.loadOlder();
    }

    expect(textsOf(room)).toHaveLength(2_000);
    await expect(room.loadOlder()).rejects.toMatchObject({ code: "LIMIT_REACHED" });
  });

  it("tellsTheServerOnceNobodyWatchesAndContinuesForWhoComesBack", async () => {
    const [room, , stop] = await watching();
    const other = room.watch(() => undefined);
    stop();
    await settle();
    expect(server.framesOf("unwatchConversation")).toEqual([]);
    other();
    await settle();
    expect(server.watchers.of("cam").size).toBe(0);

    server.say("cam", "owner", "meanwhile");
    await settle();
    expect(textsOf(room)).toEqual([]);
    room.watch(() => undefined);
    await settle();

    expect(textsOf(room)).toEqual(["meanwhile"]);
    expect(server.framesOf("watchConversation")[1]?.position).toMatchObject({ revision: 1 });
  });

  it("leavesAndComesBackInOneBreath", async () => {
    server.say("cam", "owner", "one");
    const client = await connected(clientOf(server, "ann"));
    let asked: number | undefined;
    server.intercept = (session, frame, id) => {
      if (frame.$case === "watchConversation" && asked === undefined) {
        asked = id;
        return true;
      }
      if (frame.$case === "unwatchConversation") {
        // Who leaves before they were let in is refused.
        server.fail(session, asked ?? 0, 3);
      }
      return false;
    };
    const room = client.open.room("cam");

    room.watch(() => undefined)();
    room.watch(() => undefined);
    await settle();

    expect(textsOf(room)).toEqual(["one"]);
    expect(room.state).toMatchObject({ isBehind: false, isGone: false });
    expect(server.watchers.of("cam").size).toBe(1);
  });

  it("endsForWhoIsBarredWithNothingLeftBehind", async () => {
    server.say("cam", "owner", "one");
    const [room, client] = await watching();
    const ended = vi.fn();
    client.on("roomEnded", ended);

    bar(server, "cam", "ann");
    await settle();

    const end = { because: "sentAway", code: "NOT_FOUND" };
    expect(ended).toHaveBeenCalledExactlyOnceWith({ conversationId: "cam", ...end });
    expect(room.state).toMatchObject({ isGone: true, end, messages: [], watchers: 0 });
    server.cut();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(server.framesOf("watchConversation")).toHaveLength(1);
    expect(room.postingNow()).toEqual({ may: false, because: "gone" });
  });

  it("isRefusedWhereOneMayNotWatchAndAskedForAgainByAnotherTry", async () => {
    server.watchers.barred.add("ann");
    const [room] = await watching();
    expect(room.state.end).toEqual({ because: "refused", code: "NOT_FOUND" });

    server.watchers.barred.clear();
    room.watch(() => undefined);
    await settle();

    expect(room.state).toMatchObject({ isGone: false, isLoaded: true });
    expect(room.state.end).toBeUndefined();
  });

  it("triesAgainLaterWhereTheServerSaysSo", async () => {
    let busy = true;
    server.intercept = (session, frame, id) => {
      if (frame.$case === "watchConversation" && busy) {
        busy = false;
        server.fail(session, id, 9, 5_000);
        return true;
      }
      return false;
    };
    const [room] = await watching();
    expect(room.state).toMatchObject({ isBehind: true, isGone: false });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(server.framesOf("watchConversation")).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(1);

    expect(room.state.isBehind).toBe(false);
  });

  it("aMemberWhoWatchesGetsEverythingOnceAndKeepsTheConversation", async () => {
    const client = await connected(clientOf(server, "owner"));
    const room = client.open.room("cam");
    room.watch(() => undefined);
    const conversation = client.conversation("cam");
    conversation.subscribe(() => undefined);
    await settle();

    server.say("cam", "owner", "hello");
    await settle();

    expect(textsOf(room)).toEqual(["hello"]);
    expect(conversation.state.messages).toHaveLength(1);
    expect(server.framesOf("acknowledge")).not.toEqual([]);
  });

  it("nobodyElsesMessagesStayForAnotherUser", async () => {
    let userId = "ann";
    const getToken = (): Promise<string> => Promise.resolve(`token-of-${userId}`);
    server.say("cam", "owner", "one");
    const [room] = await watching("ann", { getToken });
    expect(textsOf(room)).toEqual(["one"]);

    server.watchers.barred.add("eve");
    userId = "eve";
    server.cut();
    await vi.advanceTimersByTimeAsync(30_000);

    expect(room.state).toMatchObject({ messages: [], isGone: true });
  });
});
