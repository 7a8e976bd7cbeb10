// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import type { MessageRights } from "../src/index.js";
import { newMessage } from "../src/newMessage.js";
import { type Bar, barOf, rightsOver } from "../src/rights.js";
import { FakePeople } from "./fake/fakePeople.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, watched } from "./fake/people.js";

const CREW = [
  { userId: "ann", role: "owner" },
  { userId: "max", role: "moderator" },
  { userId: "joe", role: "member" },
  { userId: "eve", role: "member" },
] as const;
const OWN = { ...newMessage("alice", "mine", {}), sequence: 1 };

function under(bar: Bar | undefined, message = OWN): Partial<MessageRights> {
  const nowMs = message.createdAtMs;
  const standing = { userId: "alice", role: "member", kind: "group", pinRole: "member" } as const;
  const rights = rightsOver(message, { ...standing, members: [], editWindowMs: 1_000, nowMs, bar });
  const { mayReply, mayReact, mayEdit, mayDelete, mayPin } = rights;
  return { mayReply, mayReact, mayEdit, mayDelete, mayPin };
}

describe("rights", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
  });

  it.each([
    [undefined, { mayReply: true, mayReact: true, mayEdit: true, mayDelete: true, mayPin: true }],
    ["frozen", { mayReply: false, mayReact: false, mayEdit: false, mayDelete: true, mayPin: true }],
    ["mute", { mayReply: false, mayReact: false, mayEdit: false, mayDelete: true, mayPin: true }],
    ["role", { mayReply: false, mayReact: true, mayEdit: false, mayDelete: true, mayPin: true }],
    [
      "blocked",
      { mayReply: false, mayReact: false, mayEdit: false, mayDelete: true, mayPin: false },
    ],
  ] as const)("whomTheServerWouldRefuseIsOfferedNothing, %s", (bar, rights) => {
    expect(under(bar)).toEqual(rights);
  });

  it("whoHasBlockedTheOtherMayStillUnpin", () => {
    expect(under("blocked", { ...OWN, pinnedAtMs: 7 })).toMatchObject({ mayPin: true });
  });

  it.each([
    ["member", "eve", ["joe", "gone"]],
    ["member", "max", ["ann", "joe", "gone", "business"]],
    ["moderator", "eve", []],
    ["moderator", "max", ["ann", "joe", "gone", "business"]],
    ["unknown", "eve", []],
    ["unknown", "max", ["ann", "joe", "gone", "business"]],
    ["owner", "max", []],
    ["owner", "ann", ["max", "joe", "gone", "business"]],
  ] as const)("deletesAndReadsTheVersionsOfOthers, %s, %s", (deleteRole, userId, reached) => {
    const role = CREW.find((member) => member.userId === userId)?.role;
    const standing = { userId, role, kind: "group", deleteRole, members: CREW } as const;
    const senders = ["ann", "max", "joe", "gone", "business"].filter((one) => one !== userId);
    const judged = (right: "mayDelete" | "mayReadEdits"): string[] =>
      senders.filter((senderId) => {
        const message = { ...newMessage(senderId, "theirs", {}), sequence: 1, editedAtMs: 1 };
        return rightsOver(message, { ...standing, editWindowMs: 1_000, nowMs: 0 })[right];
      });

    expect(judged("mayDelete")).toEqual(reached);
    expect(judged("mayReadEdits")).toEqual(reached);
  });

  it("nobodyDeletesWhatTheOtherOfTwoHasSent", () => {
    const members = [{ userId: "joe", role: "member" }] as const;
    const standing = { userId: "eve", role: "member", kind: "direct", members } as const;
    const message = { ...newMessage("joe", "theirs", {}), sequence: 1 };
    const rights = rightsOver(message, {
      ...{ ...standing, deleteRole: "member", editWindowMs: 1_000, nowMs: 0 },
    });

    expect(rights.mayDelete).toBe(false);
  });

  it("leadersOfAFrozenGroupGoOnAndAMuteEndsByItself", () => {
    const details = { frozen: true, postRole: "member" } as Parameters<typeof barOf>[0];
    const member = { role: "member", mutedUntilMs: 100 } as Parameters<typeof barOf>[1];

    expect(barOf(details, member, 99)).toBe("frozen");
    expect(barOf(details, { ...member, role: "moderator" }, 99)).toBe("mute");
    expect(barOf(details, { ...member, role: "moderator" }, 100)).toBeUndefined();
    expect(barOf({ ...details, frozen: false, postRole: "owner" }, member, 100)).toBe("role");
  });

  it("aConversationAppliesItsMutesAndBlocks", async () => {
    new FakePeople(server);
    server.create("crew", "alice", "bob", "mei");
    server.say("crew", "bob", "aye");
    server.say("room", "bob", "hi");
    const client = await connected(clientOf(server, "bob"));
    const crew = await watched(client, "crew");
    const room = await watched(client, "room");
    const [his, hers] = [crew.state.messages[0], room.state.messages[0]];
    if (his === undefined || hers === undefined) {
      throw new Error("nothing was said");
    }
    expect(crew.rightsOver(his)).toMatchObject({ mayEdit: true, mayReact: true });

    const conversation = server.conversations.get("crew");
    if (conversation !== undefined) {
      server.announce(conversation, conversation.mute("bob", Date.now() + 1_000));
    }
    await Promise.all([client.people.block("alice"), settle()]);

    expect(crew.rightsOver(his)).toMatchObject({ mayReply: false, mayReact: false });
    expect(room.rightsOver(hers)).toMatchObject({ mayReply: false, mayEdit: false });
  });
});
