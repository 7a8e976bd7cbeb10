// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TernClient } from "../src/client.js";
import { groupRights } from "../src/groupRights.js";
import type { ConversationDetails, Member, Message, Role } from "../src/model.js";
import type { OpenRoom } from "../src/openRoom.js";
import { postingIn } from "../src/posting.js";
import type { FakeConversation } from "./fake/fakeConversation.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { makeOpen } from "./fake/fakeWatchers.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle } from "./fake/people.js";

const FORBIDDEN = 4;

function shown({ state }: OpenRoom): (string | undefined)[][] {
  return state.messages.map(({ content, tick, error }) => [
    content.type === "text" ? content.text : content.type,
    tick,
    ...(error === undefined ? [] : [error]),
  ]);
}

describe("a room in which one may post", () => {
  let server: FakeServer;
  let cam: FakeConversation;
  let ann: TernClient;
  let room: OpenRoom;

  freshServerEach((fresh) => {
    server = fresh;
  });
  beforeEach(async () => {
    cam = server.create("cam", "owner");
    makeOpen(server, cam, true);
    ann = await connected(clientOf(server, "ann"));
    room = ann.open.room("cam");
    room.watch(() => undefined);
    await settle();
  });

  function first(): Message {
    const [message] = room.state.messages;
    if (message === undefined) {
      throw new Error("no message");
    }
    return message;
  }

  it("showsOnesOwnMessageAtOnceAndOnce", async () => {
    expect(room.postingNow()).toEqual({ may: true });
    room.send("hello");
    expect(shown(room)).toEqual([["hello", "pending"]]);

    await settle();

    expect(shown(room)).toEqual([["hello", "accepted"]]);
    expect(first().sequence).toBe(1);
  });

  it("sendsWhatWasWrittenOfflineOnceUnderTheSameId", async () => {
    server.intercept = (session, frame, id) => {
      if (frame.$case === "sendMessage") {
        server.intercept = () => false;
        server.answer(session, frame, id);
        server.cut();
        return true;
      }
      return false;
    };
    room.send("once");
    await vi.advanceTimersByTimeAsync(30_000);

    expect(shown(room)).toEqual([["once", "accepted"]]);
    expect(cam.messages).toHaveLength(1);
  });

  it("aMessageThatIsSeenIsNotUnderWayAnyMore", async () => {
    server.intercept = (_, frame) => {
      if (frame.$case === "sendMessage") {
        // It is kept, and the answer stays away.
        server.announce(cam, cam.send("ann", frame.value));
        return true;
      }
      return false;
    };

    room.send("seen");
    await settle();

    expect(shown(room)).toEqual([["seen", "accepted"]]);
  });

  it("aRefusedMessageStaysWithItsCodeUntilItIsDiscarded", async () => {
    server.intercept = (session, frame, id) => {
      if (frame.$case === "sendMessage") {
        server.fail(session, id, FORBIDDEN);
        return true;
      }
      return false;
    };

    const id = room.send("muted");
    await settle();
    expect(shown(room)).toEqual([["muted", "failed", "FORBIDDEN"]]);
    room.discard(id);

    expect(shown(room)).toEqual([]);
  });

  it("whoWatchesEditsAndDeletesTheirOwn", async () => {
    room.send("helo");
    await settle();
    expect(room.rightsOver(first())).toMatchObject({ mayEdit: true, mayDelete: true });

    await Promise.all([room.edit(1, "hello"), settle()]);
    expect(shown(room)).toEqual([["hello", "accepted"]]);
    await Promise.all([room.delete(1), settle()]);

    expect(first()).toMatchObject({ deletedById: "ann", content: { type: "none" } });
    expect(room.rightsOver(first())).toMatchObject({ mayEdit: false, mayDelete: false });
  });

  it("nobodyWhoWatchesChangesWhatOthersWroteOrReacts", async () => {
    server.say("cam", "owner", "welcome");
    await settle();

    expect(room.rightsOver(first())).toEqual({
      mayReply: true,
      mayReact: false,
      mayEdit: false,
      mayDelete: false,
      mayPin: false,
      mayReadEdits: false,
    });
  });

  it("readsWhatIsQuotedFromBeforeWhatIsHereOnce", async () => {
    for (let i = 1; i <= 60; i++) {
      cam.say("owner", `no. ${i}`);
    }
    room = (await connected(clientOf(server, "ben"))).open.room("cam");
    room.watch(() => undefined);
    await settle();
    room.send("as you said", { replyTo: 2 });
    await settle();
    expect(room.state.messages.at(-1)?.quote).toEqual({ state: "loading" });
    expect(server.framesOf("readHistory")).toEqual([]);

    await vi.advanceTimersByTimeAsync(3_000);

    expect(room.state.messages.at(-1)?.quote).toMatchObject({ message: { sequence: 2 } });
    expect(server.framesOf("readHistory")).toHaveLength(1);
    expect(server.framesOf("listPinned")).toEqual([]);
  });

  it("isCreatedWithItsRules", async () => {
    server.intercept = (session, frame, id) => {
      if (frame.$case === "createOpen") {
        session.send({ $case: "conversationOpened", value: cam.opened() }, id);
        return true;
      }
      return false;
    };

    const access = { grant: "cam.vip" };
    const created = ann.open.create("Bird cam", {
      ...{ access, watchersPost: true, userIds: ["bob"] },
      ...{ imageUrl: "https://example.com/birds.png", pinRole: "member", frozen: true },
    });
    await settle();

    expect((await created).conversationId).toBe("cam");
    expect(ann.inbox.entries.map(({ conversation }) => conversation.conversationId)).toEqual([
      "cam",
    ]);
    const watching = { access: 2, grant: "cam.vip", watchersPost: true };
    expect(server.framesOf("createOpen")).toEqual([
      {
        ...{ name: "Bird cam", userIds: ["bob"], key: "", watching },
        ...{ imageUrl: "https://example.com/birds.png", metadata: undefined, frozen: true },
        ...{ postRole: 0, addRole: 0, settingsRole: 0, pinRole: 1, removeRole: 0, deleteRole: 0 },
        slowModeSeconds: 0,
      },
    ]);
  });
});

describe("what an OPEN conversation lets people do", () => {
  const details = {
    kind: "open",
    postRole: "member",
    addRole: "moderator",
    settingsRole: "moderator",
    removeRole: "moderator",
    frozen: false,
    slowModeSeconds: 0,
    watching: { access: "public", grant: "", watchersPost: true },
  } as unknown as ConversationDetails;
  const asMember = (role: Role): Member[] => [
    { userId: "ann", role, revision: 1, removed: false, visibleFrom: 1, mutedUntilMs: 0 },
  ];

  it.each<[string, Partial<ConversationDetails>, Role | undefined, object]>([
    ["whoWatchesPosts", {}, undefined, { may: true }],
    [
      "whoWatchesABroadcastReads",
      { watching: { access: "public", grant: "", watchersPost: false } },
      undefined,
      { may: false, because: "watching" },
    ],
    ["nobodyWhoWatchesPostsWhereItIsFrozen", { frozen: true }, undefined, { because: "frozen" }],
    ["moderatorsPostWhereItIsFrozen", { frozen: true }, "moderator", { may: true }],
    ["membersDoNotPostWhereItIsFrozen", { frozen: true }, "member", { because: "frozen" }],
    ["membersPostByTheirRole", { postRole: "moderator" }, "member", { because: "role" }],
  ])("%s", (_, change, role, expected) => {
    const state = {
      details: { ...details, ...change },
      members: role === undefined ? [] : asMember(role),
      messages: [],
      isGone: false,
    };

    expect(postingIn(state, "ann", 1_000)).toMatchObject(expected);
  });

  it("slowModeMakesWhoWatchesWait", () => {
    const message = { senderId: "ann", content: { type: "text", text: "" }, createdAtMs: 1_000 };
    const state = {
      details: { ...details, slowModeSeconds: 5 },
      members: [],
      messages: [message as never],
      isGone: false,
    };

    expect(postingIn(state, "ann", 2_000)).toEqual({ may: false, because: "slow", untilMs: 6_000 });
    expect(postingIn(state, "ann", 6_000)).toEqual({ may: true });
  });

  it("isLedLikeAGroup", () => {
    expect(groupRights(details, "moderator")).toMatchObject({ mayModerate: true, mayRule: false });
    expect(groupRights(details, "owner")).toMatchObject({ mayRule: true, mayDelete: true });
    expect(groupRights(details, undefined).mayModerate).toBe(false);
  });
});
