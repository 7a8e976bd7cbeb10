// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import {
  countOf,
  dayOf,
  daysAgo,
  isEmojiOnly,
  directionOf,
  webAddressOf,
} from "../src/ground/format.js";
import { hashOf, isUserId, peopleFrom } from "../src/ground/people.js";
import { nextIndex } from "../src/ground/roving.js";
import { lineOf, namesOf, problemOf, reactorsOf } from "../src/ground/wording.js";

describe("people in the address", () => {
  it("areAliceAndBobUnlessNamed", () => {
    expect(peopleFrom("")).toEqual(["alice", "bob"]);
    expect(peopleFrom("#/")).toEqual(["alice", "bob"]);
  });

  it("areOneOrTwo", () => {
    expect(peopleFrom("#/mei")).toEqual(["mei"]);
    expect(peopleFrom("#/mei/omar/zoe")).toEqual(["mei", "omar"]);
  });

  it("comeBackFromTheirAddress", () => {
    expect(peopleFrom(hashOf(["a@b.example", "x_y-z"]))).toEqual(["a@b.example", "x_y-z"]);
  });

  it("areNeverWhatTheServerWouldRefuse", () => {
    expect(peopleFrom("#/%E4%F6/<b>/ok")).toEqual(["ok"]);
    expect(["", "a b", "ä", "x".repeat(65)].some(isUserId)).toBe(false);
  });
});

describe("format", () => {
  const noon = new Date(2026, 10, 22, 12).getTime();
  const hours = (count: number): number => count * 3_600_000;

  it("countsDaysByTheCalendar", () => {
    expect(daysAgo(noon - hours(11), noon)).toBe(0);
    expect(daysAgo(noon - hours(13), noon)).toBe(1);
    expect(dayOf(noon, noon)).toBe("Today");
    expect(dayOf(noon - hours(13), noon)).toBe("Yesterday");
  });

  it("capsWhatIsUnread", () => {
    expect([1, 999, 1_000].map(countOf)).toEqual(["1", "999", "999+"]);
  });

  it("knowsUpToThreeEmojiAndNothingElse", () => {
    expect(["👋🏽", "🕊️🌊", "👨‍👩‍👧‍👦", "🇩🇪🇨🇳🇪🇬"].every(isEmojiOnly)).toBe(true);
    expect(["", "hi 👋", "你好", "123", "🌊🌊🌊🌊"].some(isEmojiOnly)).toBe(false);
  });
});

describe("direction", () => {
  it("isThatOfTheFirstLetter", () => {
    expect(["مرحبا", "☀️ صباح", "12: שלום", "ߒߞߏ"].map(directionOf)).toEqual(Array(4).fill("rtl"));
    expect(["hi مرحبا", "你好"].map(directionOf)).toEqual(["ltr", "ltr"]);
    expect(["", "123 🌊"].some(directionOf)).toBe(false);
  });

  it("isNotThatOfAMention", () => {
    expect(directionOf("@omar موعدنا غدًا")).toBe("rtl");
    expect(directionOf("@عمر see you")).toBe("ltr");
  });
});

describe("an address", () => {
  it("isFollowedOnlyIfItIsOfTheWeb", () => {
    expect(webAddressOf("https://example.com/a?b")?.host).toBe("example.com");
    expect(["javascript:alert(1)", "data:text/html,x", "/a", ""].some(webAddressOf)).toBe(false);
  });
});

describe("wording", () => {
  it("hasALineForEachKindOfContent", () => {
    const card = { type: "card", title: "", text: "Pier 3", imageUrl: "", buttons: [] } as const;
    const custom = { type: "custom", kind: "poll", json: "{}" } as const;
    const encrypted = { type: "encrypted", scheme: "mls", ciphertext: new Uint8Array() } as const;
    expect(lineOf(card)).toBe("Pier 3");
    expect(lineOf(custom)).toContain("poll");
    expect(lineOf(encrypted)).toBe("An encrypted message");
    expect(lineOf({ type: "attachments", attachments: [], caption: "" })).toBe("A file");
  });

  it("saysYouForOneself", () => {
    expect(namesOf(["alice", "bob", "mei"], "alice")).toBe("you, bob, and mei");
  });

  it("hasASentenceForAnErrorThatItDoesNotKnow", () => {
    expect(problemOf("FORBIDDEN")).toBe("You may not do that.");
    expect(problemOf("BRAND_NEW")).toContain("BRAND_NEW");
  });
});

describe("reactors", () => {
  it("areNamedAsFarAsTheyAreKnown", () => {
    expect(reactorsOf(["bob"], 1, "alice")).toBe("bob");
    expect(reactorsOf(["alice", "bob"], 2, "alice")).toBe("you and bob");
    expect(reactorsOf(["alice", "bob"], 3, "alice")).toBe("you, bob, and 1 other");
    expect(reactorsOf(["bob"], 12, "alice")).toBe("bob and 11 others");
  });
});

describe("the arrow keys", () => {
  it("goRoundAList", () => {
    expect(nextIndex("ArrowDown", 2, 3)).toBe(0);
    expect(nextIndex("ArrowUp", 0, 3)).toBe(2);
    expect(nextIndex("End", 0, 3)).toBe(2);
    expect(nextIndex("Tab", 0, 3)).toBeUndefined();
    expect(nextIndex("ArrowDown", -1, 0)).toBeUndefined();
  });

  it("stopAtTheEdgesOfAGridAndFollowTheDirectionOfText", () => {
    expect(nextIndex("ArrowDown", 3, 20, 8)).toBe(11);
    expect(nextIndex("ArrowDown", 15, 20, 8)).toBe(19);
    expect(nextIndex("ArrowUp", 3, 20, 8)).toBe(0);
    expect(nextIndex("ArrowLeft", 3, 20, 8, true)).toBe(4);
    expect(nextIndex("Home", 13, 20, 8)).toBe(0);
  });
});
