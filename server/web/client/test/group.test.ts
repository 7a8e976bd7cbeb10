// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import type { ServerFrame } from "../src/gen/tern/v1/frame.js";
import { FOREVER } from "../src/group.js";
import { groupRights, memberRights } from "../src/groupRights.js";
import type { Member, Role } from "../src/model.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle, watched } from "./fake/people.js";

type Answer = NonNullable<ServerFrame["frame"]>;

function member(userId: string, role: Role): Member {
  return { userId, role, revision: 1, removed: false, visibleFrom: 1, mutedUntilMs: 0 };
}

describe("a group", () => {
  let server: FakeServer;

  freshServerEach((fresh) => {
    server = fresh;
  });

  /** Answers each request of that kind. */
  function answering(kind: string, answer: Answer): void {
    server.intercept = (session, frame, id) => {
      if (frame.$case === kind) {
        session.send(answer, id);
      }
      return frame.$case === kind;
    };
  }

  const changed: Answer = {
    $case: "membersChanged",
    value: {
      conversationId: "room",
      revision: 3,
      members: [
        {
          userId: "bob",
          role: 2,
          revision: 3,
          removed: false,
          visibleFrom: 1,
          mutedUntilMs: FOREVER,
        },
      ],
    },
  };

  it("saysWhatIsToBeAndLeavesTheRest", async () => {
    const conversation = server.create("crew", "alice", "bob", "carol").opened().conversation;
    answering("updateConversation", {
      $case: "conversationChanged",
      value: { revision: 4, conversation: conversation && { ...conversation, frozen: true } },
    });
    const client = await connected(clientOf(server, "alice"));

    const now = await client.group("crew").change({ frozen: true, postRole: "moderator" });

    expect(now).toMatchObject({ frozen: true, addRole: "moderator", postRole: "member" });
    expect(server.framesOf("updateConversation")).toMatchObject([
      { conversationId: "crew", frozen: true, postRole: 2, addRole: 0, name: undefined },
    ]);
    expect(server.framesOf("updateConversation")[0]?.slowModeSeconds).toBeUndefined();
  });

  it("beginsWithItsSettings", async () => {
    const opened = server.create("crew", "alice", "bob").opened();
    answering("createGroup", { $case: "conversationOpened", value: opened });
    const client = await connected(clientOf(server, "alice"));

    await client.createGroup("Crew", ["bob"], {
      ...{ imageUrl: "https://example.com/birds.png", metadata: { order: "1234" } },
      ...{ postRole: "moderator", addRole: "member", settingsRole: "owner", deleteRole: "owner" },
      ...{ slowModeSeconds: 30, joinableByKey: true, key: "order-1234" },
    });
    await client.createGroup("Plain", []);

    expect(server.framesOf("createGroup")).toEqual([
      {
        ...{ name: "Crew", userIds: ["bob"], key: "order-1234", historyVisibility: 1 },
        ...{ imageUrl: "https://example.com/birds.png", metadata: { entries: { order: "1234" } } },
        ...{ postRole: 2, addRole: 1, settingsRole: 3, pinRole: 0, removeRole: 0, deleteRole: 3 },
        ...{ frozen: false, slowModeSeconds: 30, joinableByKey: true },
      },
      {
        ...{ name: "Plain", userIds: [], key: "", historyVisibility: 1 },
        ...{ imageUrl: "", metadata: undefined },
        ...{ postRole: 0, addRole: 0, settingsRole: 0, pinRole: 0, removeRole: 0, deleteRole: 0 },
        ...{ frozen: false, slowModeSeconds: 0, joinableByKey: false },
      },
    ]);
  });

  it("mutesAndBansForATimeOrForever", async () => {
    answering("muteMember", changed);
    const client = await connected(clientOf(server, "alice"));

    const muted = await client.group("room").mute("bob");
    await client.group("room").mute("bob", 5_000);
    await client.group("room").unmute("bob");
    answering("banUser", changed);
    await client.group("room").ban("bob");
    await client.group("room").unban("bob");

    expect(muted).toMatchObject([{ userId: "bob", role: "moderator", mutedUntilMs: FOREVER }]);
    expect(server.framesOf("muteMember").map((one) => [one.muted, one.untilMs])).toEqual([
      [true, 0],
      [true, 5_000],
      [false, 0],
    ]);
    expect(server.framesOf("banUser").map((one) => [one.banned, one.untilMs])).toEqual([
      [true, 0],
      [false, 0],
    ]);
  });

  it("anInvitationIsMadeOnceAndNotRepeated", async () => {
    server.intercept = (session, frame, id) => {
      if (frame.$case === "createInvitation") {
        server.fail(session, id, 9);
      }
      return frame.$case === "createInvitation";
    };
    const client = await connected(clientOf(server, "alice"));

    await expect(client.group("room").invite({ maxUses: 3 })).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });

    expect(server.framesOf("createInvitation")).toEqual([
      { conversationId: "room", lifetimeSeconds: 0, maxUses: 3 },
    ]);
  });

  it("whoJoinsHasItInTheListAtOnce", async () => {
    const crew = server.create("crew", "bob", "alice", "carol");
    const opened = crew.opened();
    server.conversations.delete("crew");
    answering("joinConversation", { $case: "conversationOpened", value: opened });
    const client = await connected(clientOf(server, "alice"));

    const joined = await client.join({ token: "3q2-7w" });
    await client.join({ key: "birds" });

    expect(joined.state.members).toHaveLength(3);
    expect(client.inbox.entries.map((entry) => entry.conversation.conversationId)).toContain(
      "crew",
    );
    expect(server.framesOf("joinConversation").map(({ by }) => by)).toEqual([
      { $case: "token", value: "3q2-7w" },
      { $case: "key", value: "birds" },
    ]);
  });

  it("thatIsDeletedIsGoneFromTheList", async () => {
    answering("deleteConversation", {
      $case: "conversationDeleted",
      value: { conversationId: "room" },
    });
    const client = await connected(clientOf(server, "alice"));
    const room = await watched(client, "room");

    await client.group("room").delete();
    await settle();

    expect(room.state.isGone).toBe(true);
    expect(client.inbox.entries).toHaveLength(0);
  });

  it("offersWhatTheRoleMay", () => {
    const rules = {
      kind: "group",
      addRole: "member",
      settingsRole: "owner",
      removeRole: "moderator",
    } as const;
    const names = (role: Role): string[] =>
      Object.entries(groupRights(rules, role)).flatMap(([name, may]) => (may ? [name] : []));

    expect(names("member")).toEqual(["mayAdd", "mayLeave"]);
    expect(names("moderator")).toEqual(["mayAdd", "mayModerate", "mayLeave"]);
    expect(names("owner")).toHaveLength(6);
    expect(Object.values(groupRights({ ...rules, kind: "direct" }, "owner"))).not.toContain(true);
    expect(Object.values(groupRights(rules, undefined))).not.toContain(true);
  });

  it("nobodyMutesWhoStandsAsHighAndTheLastOwnerStaysOne", () => {
    const rules = {
      kind: "group",
      addRole: "member",
      settingsRole: "owner",
      removeRole: "moderator",
    } as const;
    const [ann, max, mod, joe] = [
      member("ann", "owner"),
      member("max", "moderator"),
      member("mod", "moderator"),
      member("joe", "member"),
    ] as const;
    const all = [ann, max, mod, joe];
    const over = (own: Member, other: Member): unknown => memberRights(rules, own, other, all);

    expect(over(max, joe)).toEqual({ mayRemove: true, mayMute: true, mayBan: true, roles: [] });
    expect(over(max, mod)).toEqual({ mayRemove: true, mayMute: false, mayBan: false, roles: [] });
    expect(over(max, ann)).toEqual({ mayRemove: false, mayMute: false, mayBan: false, roles: [] });
    expect(over(joe, max)).toEqual({ mayRemove: false, mayMute: false, mayBan: false, roles: [] });
    expect(over(ann, ann)).toEqual({ mayRemove: false, mayMute: false, mayBan: false, roles: [] });
    expect(over(ann, max)).toEqual({
      mayRemove: true,
      mayMute: true,
      mayBan: true,
      roles: ["member", "owner"],
    });
  });

  it.each([
    ["member", "joe", ["eve"], []],
    ["member", "max", ["mod", "joe", "eve"], ["joe", "eve"]],
    ["moderator", "joe", [], []],
    ["unknown", "joe", [], []],
    ["unknown", "max", ["mod", "joe", "eve"], ["joe", "eve"]],
    ["owner", "max", [], []],
    ["owner", "ann", ["max", "mod", "joe", "eve"], ["max", "mod", "joe", "eve"]],
  ] as const)("removesByTheRuleNobodyAbove, %s, %s", (removeRole, who, removed, banned) => {
    const rules = { kind: "group", addRole: "owner", settingsRole: "owner", removeRole } as const;
    const all = [
      member("ann", "owner"),
      member("max", "moderator"),
      member("mod", "moderator"),
      member("joe", "member"),
      member("eve", "member"),
    ];
    const own = all.find(({ userId }) => userId === who);
    const those = (right: "mayRemove" | "mayBan"): string[] =>
      all.filter((one) => memberRights(rules, own, one, all)[right]).map(({ userId }) => userId);

    expect(those("mayRemove")).toEqual(removed);
    expect(those("mayBan")).toEqual(banned);
  });
});
