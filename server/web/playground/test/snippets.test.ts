// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import { wordsFor } from "../src/conversation/composerNotice.js";
import { durationOf } from "../src/ground/format.js";
import { snippetParts } from "../src/search/snippets.js";

describe("snippets", () => {
  const cut = (snippet: string, ...highlights: { start: number; length: number }[]): string =>
    snippetParts({ snippet, highlights })
      .map(({ text, isFound }) => (isFound ? `[${text}]` : text))
      .join("");

  it("whatWasFoundIsSetOffWhereverItStands", () => {
    expect(cut("tea at five", { start: 0, length: 3 }, { start: 7, length: 4 })).toBe(
      "[tea] at [five]",
    );
    expect(cut("tea")).toBe("tea");
  });

  it("placesAreCountedInUtf16", () => {
    expect(cut("🍵 tea", { start: 3, length: 3 })).toBe("🍵 [tea]");
    expect(cut("هذا كِتابٌ جديد", { start: 4, length: 6 })).toBe("هذا [كِتابٌ] جديد");
  });

  it("placesThatOverlapOrReachBeyondTheEndDoubleNothing", () => {
    expect(cut("tea", { start: 0, length: 2 }, { start: 1, length: 9 })).toBe("[te][a]");
  });
});

describe("why one can't write", () => {
  it("aPauseIsToldInTheUnitThatFits", () => {
    expect(durationOf(300)).toBe("1 s");
    expect(durationOf(119_000)).toBe("119 s");
    expect(durationOf(120_000)).toBe("2 min");
    expect(durationOf(3 * 3_600_000)).toBe("3 h");
  });

  it("aMuteWithoutEndNamesNoTime", () => {
    const untilMs = 9_007_199_254_740_991;
    expect(wordsFor({ may: false, because: "mute", untilMs }, 0)).not.toContain("until");
    expect(wordsFor({ may: false, because: "mute", untilMs: 60_000 }, 0)).toContain("until");
  });
});
