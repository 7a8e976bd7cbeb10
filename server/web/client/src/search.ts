// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import type { Search } from "./gen/tern/v1/search.js";

/** Where to look; all of one's own conversations unless told otherwise. */
export interface SearchFilter {
  readonly conversationId?: string;
  readonly senderId?: string;
  /** Sent at this time or later, in milliseconds since 1970. */
  readonly afterMs?: number;
  /** Sent before this time. */
  readonly beforeMs?: number;
  /** The next older page of the same search, as `nextPage` named it. */
  readonly page?: string;
  /** 1 to 50. */
  readonly limit?: number;
}

/** A part of a snippet, as strings are counted in JavaScript. */
export interface Highlight {
  readonly start: number;
  readonly length: number;
}

/** A message that was found. */
export interface SearchHit {
  readonly conversationId: string;
  readonly sequence: number;
  readonly senderId: string;
  readonly createdAtMs: number;
  /** The part of its text in which it was found. */
  readonly snippet: string;
  /** What was found in it, ascending. */
  readonly highlights: readonly Highlight[];
}

/** What a search has found, the newest first. */
export interface SearchPage {
  /** May be empty though a next page follows. */
  readonly hits: readonly SearchHit[];
  /** Empty on the last page. */
  readonly nextPage: string;
  /** False when not everything could be looked at: name a conversation then. */
  readonly isComplete: boolean;
}

/** @internal */
export async function search(
  connection: Connection,
  query: string,
  filter: SearchFilter,
): Promise<SearchPage> {
  const value: Search = {
    query,
    conversationId: filter.conversationId ?? "",
    senderId: filter.senderId ?? "",
    afterMs: filter.afterMs ?? 0,
    beforeMs: filter.beforeMs ?? 0,
    page: filter.page ?? "",
    limit: filter.limit ?? 0,
  };
  const page = await connection.requestPatiently({ $case: "search", value }, "searchPage");
  return { hits: page.hits, nextPage: page.nextPage, isComplete: page.complete };
}
