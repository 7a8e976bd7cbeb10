// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import { linksIn } from "../src/conversation/links.js";

function addressesIn(text: string): (string | undefined)[] {
  return linksIn(text).flatMap(({ url }) => (url === undefined ? [] : [url.href]));
}

describe("links", () => {
  it("theSentenceAroundAnAddressIsNotPartOfIt", () => {
    expect(linksIn("See https://example.com/a?b=1#c, now.")).toMatchObject([
      { text: "See " },
      { text: "https://example.com/a?b=1#c" },
      { text: ", now." },
    ]);
    expect(addressesIn("(https://example.com/a) “http://example.org”…")).toEqual([
      "https://example.com/a",
      "http://example.org/",
    ]);
    expect(addressesIn("看 https://example.com/路。")).toEqual(["https://example.com/%E8%B7%AF"]);
  });

  it("aBracketThatWasOpenedInItBelongsToIt", () => {
    expect(addressesIn("https://example.org/Tern_(bird)")).toEqual([
      "https://example.org/Tern_(bird)",
    ]);
    expect(addressesIn("(https://example.org/Tern_(bird).)")).toEqual([
      "https://example.org/Tern_(bird)",
    ]);
  });

  it("nothingButWebAddressesAreLinks", () => {
    for (const text of [
      "javascript:alert(1)",
      "example.com",
      "https://",
      "ftp://a.b",
      "xhttps://a",
    ]) {
      expect(linksIn(text)).toEqual([{ text }]);
    }
  });

  it("thePiecesJoinedAreTheText", () => {
    const text = "a https://x.y/)))) b http://[ c https://é.example/ d";

    expect(
      linksIn(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });
});
