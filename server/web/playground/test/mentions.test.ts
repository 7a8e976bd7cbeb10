// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import {
  EVERYONE,
  mentionsIn,
  partsOf,
  queryAt,
  suggestionsFor,
} from "../src/conversation/mentions.js";

describe("mentions", () => {
  const members = ["bob", "bob.b", "layla-1", "mei@home"];

  it("areTheMembersNamedBehindAnAt", () => {
    expect(mentionsIn("@bob and (@layla-1), see @bob", members)).toEqual({
      userIds: ["bob", "layla-1"],
      everyone: false,
    });
    expect(mentionsIn("مرحبا @mei@home كيف حالك", members).userIds).toEqual(["mei@home"]);
    expect(mentionsIn("Come, @bob. Or @bob.b!", members).userIds).toEqual(["bob", "bob.b"]);
  });

  it("areNoAddressesAndNoStrangers", () => {
    expect(mentionsIn("write to me@bob or @zoe, @bobby", members)).toEqual({
      userIds: [],
      everyone: false,
    });
  });

  it("mayBeEverybodyAndAreAtMostFifty", () => {
    const crowd = Array.from({ length: 60 }, (_, index) => `u${index}`);
    const text = crowd.map((userId) => `@${userId}`).join(" ");

    expect(mentionsIn(`@${EVERYONE}!`, members)).toEqual({ userIds: [], everyone: true });
    expect(mentionsIn(text, crowd).userIds).toHaveLength(50);
  });

  it("areSetOffOnlyWhereTheMessageCallsThem", () => {
    const parts = partsOf("@bob, @zoe: tea? @everyone", { userIds: ["bob"], everyone: false });

    expect(parts).toEqual([{ text: "@bob", userId: "bob" }, { text: ", @zoe: tea? @everyone" }]);
    expect(partsOf("no one", { userIds: [], everyone: false })).toEqual([{ text: "no one" }]);
  });

  it("areAskedForWhereAnAtBeginsAWord", () => {
    expect(queryAt("hi @la", 6)).toEqual({ start: 3, typed: "la" });
    expect(queryAt("@", 1)).toEqual({ start: 0, typed: "" });
    expect(queryAt("a@la", 4)).toBeUndefined();
    expect(queryAt("@bob hi", 7)).toBeUndefined();
  });

  it("areSuggestedByTheirBeginningFirst", () => {
    expect(suggestionsFor("B", ["ab", "bob", "zoe"])).toEqual(["bob", "ab"]);
    expect(
      suggestionsFor(
        "",
        Array.from({ length: 9 }, (_, index) => `u${index}`),
      ),
    ).toHaveLength(6);
  });
});
