// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { SearchHit } from "@tern/client";

/** A part of a snippet; `isFound` where it is what was looked for. */
export interface SnippetPart {
  readonly text: string;
  readonly isFound: boolean;
}

/** Cuts a snippet where what was found begins and ends. */
export function snippetParts({
  snippet,
  highlights,
}: Pick<SearchHit, "snippet" | "highlights">): readonly SnippetPart[] {
  const parts: SnippetPart[] = [];
  let at = 0;
  for (const { start, length } of highlights) {
    parts.push({ text: snippet.slice(at, start), isFound: false });
    parts.push({ text: snippet.slice(Math.max(at, start), start + length), isFound: true });
    at = Math.max(at, start + length);
  }
  parts.push({ text: snippet.slice(at), isFound: false });
  return parts.filter(({ text }) => text !== "");
}
