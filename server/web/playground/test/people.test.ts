// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Content, Member, Message, Role } from "@tern/client";
import { describe, expect, it } from "vitest";
import { endOf, membersFor, untilWords } from "../src/group/groupView.js";
import { joinKeyFrom, peopleFrom } from "../src/ground/people.js";
import { previewOf, sentenceOf, titleOf } from "../src/ground/wording.js";
import { suggestionsFor } from "../src/conversation/mentions.js";
import { clockOf, languageOf, presenceOf } from "../src/people/peopleWords.js";

const NOON = new Date(2026, 10, 22, 12).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NAMES = new Map([
  ["layla", "Layla"],
  ["mei", "林美"],
]);

function nameOf(userId: string): string {
  return NAMES.get(userId) ?? userId;
}

type System = Extract<Content, { type: "system" }>;

function told(senderId: string, content: Partial<System>): Message {
  const nothing = { type: "system", userIds: [], text: "", role: "unknown" } as const;
  return {
    sequence: 1,
    revision: 1,
    senderId,
    clientMessageId: "",
    createdAtMs: NOON,
    editedAtMs: 0,
    deletedAtMs: 0,
    deletedById: "",
    pinnedAtMs: 0,
    reactions: [],
    ownReactions: [],
    content: { ...nothing, event: "unknown", ...content },
    mentions: { userIds: [], everyone: false },
    countable: false,
    silent: false,
    urgent: false,
    replyTo: 0,
    metadata: {},
  };
}

describe("a system message", () => {
  const says = (senderId: string, content: Partial<System>): string =>
    sentenceOf(told(senderId, content), "layla", nameOf);

  it("tellsInPlainWordsWhatHappenedToWhom", () => {
    expect(says("mei", { event: "membersAdded", userIds: ["layla", "omar"] })).toBe(
      "林美 added you and omar",
    );
    expect(says("omar", { event: "membersAdded", userIds: ["omar"] })).toBe("omar joined");
    expect(says("layla", { event: "membersRemoved", userIds: ["mei"] })).toBe("You removed 林美");
    expect(says("mei", { event: "memberLeft", userIds: ["mei"] })).toBe("林美 left");
    expect(says("layla", { event: "memberLeft", userIds: ["layla"] })).toBe("You left");
    expect(says("mei", { event: "renamed", text: "Pier" })).toBe(
      "林美 renamed the group to “Pier”",
    );
    expect(says("mei", { event: "imageChanged" })).toBe("林美 changed the group’s picture");
    expect(says("", { event: "unknown" })).toBe("Something changed");
  });

  it("tellsANewRoleWhereItIsKnown", () => {
    const change = { event: "roleChanged", userIds: ["layla"] } as const;

    expect(says("mei", { ...change, role: "moderator" })).toBe("林美 made you a moderator");
    expect(says("mei", { ...change, role: "owner" })).toBe("林美 made you an owner");
    expect(says("mei", change)).toBe("林美 changed your role");
  });
});

describe("names", () => {
  it("areThoseOfProfilesAndElseTheIds", () => {
    expect(titleOf(undefined, "mei", nameOf)).toBe("林美");
    expect(titleOf(undefined, "omar", nameOf)).toBe("omar");
    const deleted = { ...told("mei", {}), deletedAtMs: 1, deletedById: "mei" };
    expect(previewOf(deleted, "layla", nameOf)).toBe("林美 deleted this message");
  });

  it("areSuggestedAsWellAsIds", () => {
    expect(suggestionsFor("林", ["mei", "omar"], nameOf)).toEqual(["mei"]);
    expect(suggestionsFor("me", ["mei", "omar"], nameOf)).toEqual(["mei"]);
  });
});

describe("presence in words", () => {
  const away = (awaySinceMs: number): string =>
    presenceOf({ userId: "mei", online: false, awaySinceMs }, NOON);

  it("saysWhenSomebodyWasLastThere", () => {
    expect(presenceOf({ userId: "mei", online: true, awaySinceMs: 0 }, NOON)).toBe("Online");
    expect(away(NOON - MINUTE)).toBe("Last seen just now");
    expect(away(NOON - 5 * MINUTE)).toBe("Last seen 5 minutes ago");
    expect(away(NOON - 3 * HOUR)).toMatch(/^Last seen today at /);
    expect(away(NOON - 20 * HOUR)).toMatch(/^Last seen yesterday at /);
    expect(away(NOON - 99 * HOUR)).toMatch(/^Last seen on .* at /);
  });

  it("saysNothingWhereThatIsNotToBeKnown", () => {
    expect(away(0)).toBe("");
    expect(presenceOf(undefined, NOON)).toBe("");
  });
});

describe("a profile", () => {
  it("tellsLanguageAndClockAsFarAsTheBrowserKnowsThem", () => {
    expect(languageOf({ locale: "de" })).toBe("Deutsch");
    expect(languageOf({ locale: "not a tag" })).toBe("not a tag");
    expect(clockOf({ timeZone: "Asia/Tokyo" }, 0)).toMatch(/^0?9:00/);
    expect(clockOf({ timeZone: "Nowhere/Else" }, 0)).toBe("");
    expect(clockOf({ timeZone: "" }, 0)).toBe("");
  });
});

describe("members", () => {
  const member = (userId: string, role: Role): Member => {
    const others = { revision: 1, removed: false, visibleFrom: 1, mutedUntilMs: 0 };
    return { userId, role, ...others };
  };
  const all = [member("zoe", "member"), member("mei", "moderator"), member("layla", "owner")];
  const found = (typed: string): string[] =>
    membersFor(all, typed, nameOf).map(({ userId }) => userId);

  it("standByTheirRoleAndAreFoundByNameOrId", () => {
    expect(found("")).toEqual(["layla", "mei", "zoe"]);
    expect(found(" LAY")).toEqual(["layla"]);
    expect(found("林")).toEqual(["mei"]);
    expect(found("x")).toEqual([]);
  });

  it("areMutedAndBannedForATermOrUntilItIsTakenBack", () => {
    expect(endOf(3_600, NOON)).toBe(NOON + HOUR);
    expect(untilWords(endOf(0, NOON), NOON)).toBe("until it is taken back");
    expect(untilWords(NOON + HOUR, NOON)).toMatch(/^until \d/);
    expect(untilWords(NOON + 48 * HOUR, NOON)).toMatch(/^until \D.*, \d/);
  });
});

describe("an invitation in the address", () => {
  it("isFoundAloneBehindPeopleAndInAWholeLink", () => {
    expect(joinKeyFrom("#join=3q2-7w_")).toBe("3q2-7w_");
    expect(joinKeyFrom("#/zoe/join=a%20b")).toBe("a b");
    expect(joinKeyFrom("https://chat.example.com/#join=3q2")).toBe("3q2");
    expect(["", "#/alice/bob", "join=x", "#join="].some(joinKeyFrom)).toBe(false);
  });

  it("isNoPerson", () => {
    expect(peopleFrom("#join=3q2")).toEqual(["alice", "bob"]);
    expect(peopleFrom("#/zoe/join=3q2")).toEqual(["zoe"]);
  });
});
