// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it, vi } from "vitest";
import { type ConversationState, type Member, postingIn } from "../src/index.js";
import type { ClientFrame, ServerFrame } from "../src/gen/tern/v1/frame.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, watched } from "./fake/people.js";

type Payload = NonNullable<ClientFrame["frame"]>;
type Values = { [One in Payload as One["$case"]]: One["value"] };
type Answer = NonNullable<ServerFrame["frame"]>;

/** Answers each frame of a kind, unless the network swallows it first. */
function answering<Case extends Payload["$case"]>(
  server: FakeServer,
  $case: Case,
  answer: (value: Values[Case]) => Answer,
  losses = 0,
): void {
  let lost = 0;
  server.intercept = (session, frame, id) => {
    if (frame.$case !== $case) {
      return false;
    }
    if (lost < losses) {
      lost += 1;
      session.socket.end(1006);
    } else {
      session.send(answer(frame.value as Values[Case]), id);
    }
    return true;
  };
}

const NO_PRESS = { pressId: "", pressedAtMs: 0, userId: "alice", number: 1, value: "" };

describe("searching, forwarding, pressing", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
    server.say("room", "bob", "1");
  });

  it("aSearchNamesWhereToLookAndTellsWhetherThatWasAll", async () => {
    const client = await connected(clientOf(server, "alice"));
    const hit = { conversationId: "room", sequence: 1, senderId: "bob", createdAtMs: 7 };
    const found = { ...hit, snippet: "tea at five", highlights: [{ start: 0, length: 3 }] };
    answering(server, "search", () => ({
      $case: "searchPage",
      value: { hits: [found], nextPage: "p2", complete: false },
    }));

    const asked = client.search("tea", { conversationId: "room", page: "p1" });
    await settle();

    expect(await asked).toEqual({ hits: [found], nextPage: "p2", isComplete: false });
    expect(server.framesOf("search")).toEqual([
      {
        query: "tea",
        conversationId: "room",
        senderId: "",
        afterMs: 0,
        beforeMs: 0,
        page: "p1",
        limit: 0,
      },
    ]);
  });

  it("aForwardIsRepeatedWithItsIdsAfterALostConnection", async () => {
    const client = await connected(clientOf(server, "alice"));
    answering(
      server,
      "forwardMessage",
      ({ targets }) => ({
        $case: "forwarded",
        value: {
          outcomes: targets.map((target, index) => ({
            ...target,
            outcome:
              index === 0
                ? {
                    $case: "accepted",
                    value: {
                      ...target,
                      sequence: 9,
                      revision: 9,
                      createdAtMs: 1,
                      duplicate: false,
                    },
                  }
                : {
                    $case: "error",
                    value: { code: 4, message: "", mayRetry: false, retryAfterMs: 0 },
                  },
          })),
        },
      }),
      1,
    );

    const asked = client.forward({ conversationId: "room", sequence: 1 }, ["a", "b"]);
    await settle();
    await vi.advanceTimersByTimeAsync(2_000);

    expect(await asked).toMatchObject([
      { conversationId: "a", sequence: 9 },
      { conversationId: "b", sequence: 0, error: { code: "FORBIDDEN" } },
    ]);
    const [first, second] = server.framesOf("forwardMessage");
    expect(second).toEqual(first);
    expect(first?.showSender).toBe(true);
  });

  it("aPressIsShownUnderWayThenKeptAndKeepsItsIdWhenRepeated", async () => {
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    const states: unknown[] = [];
    room.subscribe(() => states.push(client.buttons.stateOf("room", 1, "yes")));
    answering(
      server,
      "pressButton",
      ({ conversationId, sequence, buttonId }) => ({
        $case: "buttonPressed",
        value: { conversationId, sequence, press: { ...NO_PRESS, buttonId }, duplicate: false },
      }),
      1,
    );

    const asked = client.buttons.press("room", 1, "yes");
    await settle();
    await vi.advanceTimersByTimeAsync(2_000);

    expect(await asked).toMatchObject({ buttonId: "yes", number: 1 });
    expect(states).toContain("pressing");
    expect(client.buttons.stateOf("room", 1, "yes")).toBe("pressed");
    const ids = server.framesOf("pressButton").map(({ pressId }) => pressId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it("aRefusedPressLeavesTheButtonAsItWas", async () => {
    const client = await connected(clientOf(server, "alice"));
    server.intercept = (session, frame, id) => {
      if (frame.$case === "pressButton") {
        server.fail(session, id, 11);
      }
      return frame.$case === "pressButton";
    };

    const refused = expect(client.buttons.press("room", 1, "yes")).rejects.toMatchObject({
      code: "LIMIT_REACHED",
    });
    await settle();
    await refused;

    expect(client.buttons.stateOf("room", 1, "yes")).toBeUndefined();
  });

  it("theSenderOfACardHearsOfPresses", async () => {
    const client = await connected(clientOf(server, "alice"));
    const heard: unknown[] = [];
    client.on("press", (event) => heard.push(event));

    const press = { ...NO_PRESS, buttonId: "yes", userId: "bob" };
    server.sessions[0]?.send({
      $case: "buttonPressed",
      value: { conversationId: "room", sequence: 1, press, duplicate: false },
    });
    await settle();

    expect(heard).toMatchObject([{ sequence: 1, press: { buttonId: "yes", userId: "bob" } }]);
  });

  it("aMessageThatModerationRefusesTellsWhy", async () => {
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");
    server.intercept = (session, frame, id) => {
      if (frame.$case === "sendMessage") {
        server.fail(session, id, 18);
      }
      return frame.$case === "sendMessage";
    };

    room.send("something rude");
    await settle();

    expect(room.state.messages.at(-1)).toMatchObject({
      tick: "failed",
      error: "REFUSED_BY_MODERATION",
      reason: "planted",
    });
  });
});

describe("whether one may write", () => {
  const details = {
    conversationId: "g",
    kind: "group",
    frozen: false,
    postRole: "member",
    slowModeSeconds: 0,
  };
  const own = { userId: "alice", role: "member", mutedUntilMs: 0 };

  function state(
    changed: Partial<typeof details>,
    member: Partial<typeof own> = {},
    sentAtMs?: number,
  ): ConversationState {
    const message = { senderId: "alice", content: { type: "text" }, createdAtMs: sentAtMs };
    return {
      details: { ...details, ...changed },
      members: [{ ...own, ...member } as Member],
      messages: sentAtMs === undefined ? [] : [message],
      isGone: false,
    } as unknown as ConversationState;
  }

  it("aFrozenGroupLetsOnlyLeadersWrite", () => {
    expect(postingIn(state({ frozen: true }), "alice", 0)).toMatchObject({ because: "frozen" });
    const asLeader = state({ frozen: true }, { role: "moderator" });
    expect(postingIn(asLeader, "alice", 0)).toEqual({ may: true });
  });

  it("aMuteEndsByItself", () => {
    const muted = state({}, { mutedUntilMs: 100 });
    expect(postingIn(muted, "alice", 99)).toEqual({ may: false, because: "mute", untilMs: 100 });
    expect(postingIn(muted, "alice", 100)).toEqual({ may: true });
  });

  it("whereOnlyLeadersPostAMemberReads", () => {
    const announcements = state({ postRole: "moderator" });
    expect(postingIn(announcements, "alice", 0)).toMatchObject({ because: "role" });
  });

  it("aSlowModeMakesMembersWaitAfterTheirLastMessage", () => {
    const slow = state({ slowModeSeconds: 30 }, {}, 1_000);
    expect(postingIn(slow, "alice", 2_000)).toMatchObject({ because: "slow", untilMs: 31_000 });
    expect(postingIn(slow, "alice", 31_000)).toEqual({ may: true });
    const leader = state({ slowModeSeconds: 30 }, { role: "owner" }, 1_000);
    expect(postingIn(leader, "alice", 2_000)).toEqual({ may: true });
  });
});
