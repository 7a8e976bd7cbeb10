// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** The ids that Tern takes. */
const USER_ID = /^[A-Za-z0-9_.@-]{1,64}$/;

const USUAL = ["alice", "bob"];

/** Offered where a user is to be chosen; any other id does as well. */
export const SUGGESTED = ["alice", "bob", "layla", "mei", "omar", "zoe"];

export function isUserId(text: string): boolean {
  return USER_ID.test(text);
}

/** The people on the page, by the address: `#/alice/bob`, or `#/alice` for a window of one. */
export function peopleFrom(hash: string): readonly string[] {
  const named = hash
    .replace(/^#\/?/, "")
    .split("/")
    .map((part) => decoded(part))
    .filter(isUserId)
    .slice(0, 2);
  return named.length > 0 ? named : USUAL;
}

export function hashOf(people: readonly string[]): string {
  return `#/${people.map(encodeURIComponent).join("/")}`;
}

/** What opens a group, by the address `#join=…`, or by a whole link. */
export function joinKeyFrom(text: string): string | undefined {
  const found = /#(?:.*\/)?join=([^/&#]+)/.exec(text)?.[1];
  return found === undefined ? undefined : decoded(found) || undefined;
}

/** A link that leads into a group. */
export function linkOf(token: string): string {
  return `${location.origin}/#join=${encodeURIComponent(token)}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
