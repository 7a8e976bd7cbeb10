// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Mentions } from "@tern/client";

export const EVERYONE = "everyone";
const MOST_MENTIONED = 50;
const MOST_SUGGESTED = 6;

/** What follows an @ that begins a word; ids may hold dots and dashes. */
const MENTION = /(^|[^A-Za-z0-9_.@-])@([A-Za-z0-9_.@-]{1,64})/g;
const QUERY = /(?:^|[^A-Za-z0-9_.@-])@([A-Za-z0-9_.@-]*)$/;

/** Whom a text calls: each @name that is a member's, and @everyone. */
export function mentionsIn(text: string, userIds: readonly string[]): Mentions {
  const named = new Set(
    [...text.matchAll(MENTION)].flatMap(([, , name = ""]) => idsIn(name, [...userIds, EVERYONE])),
  );
  const everyone = named.delete(EVERYONE);
  return { userIds: [...named].slice(0, MOST_MENTIONED), everyone };
}

/** A piece of a text; with `userId` it calls somebody. */
export interface TextPart {
  readonly text: string;
  readonly userId?: string;
}

/** Cuts a text at those whom its message calls. */
export function partsOf(text: string, { userIds, everyone }: Mentions): readonly TextPart[] {
  const called = everyone ? [...userIds, EVERYONE] : userIds;
  const parts: TextPart[] = [];
  let end = 0;
  for (const { index, 1: before = "", 2: name = "" } of text.matchAll(MENTION)) {
    const [userId] = idsIn(name, called);
    if (userId !== undefined) {
      const start = index + before.length;
      parts.push({ text: text.slice(end, start) });
      end = start + 1 + userId.length;
      parts.push({ text: text.slice(start, end), userId });
    }
  }
  parts.push({ text: text.slice(end) });
  return parts.filter((part) => part.text !== "");
}

/** The unfinished @name before the caret. */
export interface MentionQuery {
  readonly start: number;
  readonly typed: string;
}

export function queryAt(text: string, caret: number): MentionQuery | undefined {
  const typed = QUERY.exec(text.slice(0, caret))?.[1];
  return typed === undefined ? undefined : { start: caret - typed.length - 1, typed };
}

/** Who may be meant by id or name, those whose own begins so first. */
export function suggestionsFor(
  typed: string,
  userIds: readonly string[],
  nameOf: (userId: string) => string = (userId) => userId,
): readonly string[] {
  const wanted = typed.toLowerCase();
  const called = (userId: string): readonly string[] =>
    [userId, nameOf(userId)].map((name) => name.toLowerCase());
  const begins = userIds.filter((one) => called(one).some((name) => name.startsWith(wanted)));
  const holds = userIds.filter((one) => called(one).some((name) => name.includes(wanted)));
  return [...new Set([...begins, ...holds])].slice(0, MOST_SUGGESTED);
}

/** A name may be followed by the dot that ends its sentence. */
function idsIn(name: string, known: readonly string[]): readonly string[] {
  const whole = known.find((userId) => userId === name);
  const bare = name.replace(/[.@_-]+$/, "");
  const found = whole ?? known.find((userId) => userId === bare);
  return found === undefined ? [] : [found];
}
