// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { SearchHit } from "@tern/client";
import { describe, expect, it } from "vitest";
import { NOTHING, type State, withAnswer } from "../src/search/useSearch.js";

describe("search", () => {
  const hit = { snippet: "tea at five" } as SearchHit;
  const before: State = {
    ...NOTHING,
    query: "tea",
    hits: [hit],
    hasMore: true,
    isComplete: false,
    nextPage: "page-2",
    isLoading: true,
  };

  it("earlierMessagesCanBeAskedForAgainAfterAFailure", () => {
    const failed = withAnswer(before, { query: "tea", page: "page-2" }, "Try again.");

    expect(failed).toEqual({ ...before, isLoading: false, problem: "Try again." });
    const page = { hits: [hit], nextPage: "", isComplete: true };
    expect(withAnswer(failed, { query: "tea", page: "page-2" }, page)).toEqual({
      ...{ query: "tea", nextPage: "", problem: "" },
      ...{ hits: [hit, hit], hasMore: false, isComplete: true, isLoading: false },
    });
  });

  it("aNewQuestionThatFailsLeavesNothingOfTheOldOne", () => {
    const failed = withAnswer(before, { query: "cake", page: "" }, "Try again.");

    expect(failed).toEqual({ ...NOTHING, query: "cake", problem: "Try again." });
  });
});
