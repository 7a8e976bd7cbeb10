// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type {
  ConversationState,
  GivenRole,
  Group,
  GroupChange,
  Member,
  TernClient,
} from "@tern/client";
import { FOREVER } from "@tern/client";
import { dayOf, timeOf } from "../ground/format.js";

/** What every part of a group's dialog works with. */
export interface GroupView {
  readonly client: TernClient;
  readonly group: Group;
  readonly state: ConversationState;
  readonly me: string;
  /** Waits for a change, and tells what became of it. */
  readonly settle: (change: Promise<unknown>, done: string) => void;
  readonly fail: (error: unknown) => void;
}

/** Changes the group, tells what became of it, and gives back the change. */
export function changing({ group, settle }: GroupView) {
  return (change: GroupChange, done = "Saved"): Promise<unknown> => {
    const changed = group.change(change);
    settle(changed, done);
    return changed;
  };
}

export const ROLE_WORDS = {
  owner: "Owner",
  moderator: "Moderator",
  member: "Member",
  unknown: "",
} as const;

/** As a sentence says it. */
export const MADE_WORDS: Readonly<Record<GivenRole, string>> = {
  owner: "an owner",
  moderator: "a moderator",
  member: "a member",
};

export const WHO_WORDS: readonly (readonly [GivenRole, string])[] = [
  ["member", "Everybody"],
  ["moderator", "Moderators and owners"],
  ["owner", "Owners"],
];

export const MINUTE_S = 60;
export const HOUR_S = 3_600;
export const DAY_S = 86_400;

export const SLOW_MODES: readonly (readonly [seconds: number, words: string])[] = [
  [0, "No wait"],
  [10, "10 seconds"],
  [30, "30 seconds"],
  [MINUTE_S, "1 minute"],
  [5 * MINUTE_S, "5 minutes"],
  [HOUR_S, "1 hour"],
];

/** How long a mute or a ban lasts. */
export const TERMS: readonly (readonly [seconds: number, words: string])[] = [
  [HOUR_S, "for an hour"],
  [DAY_S, "for a day"],
  [7 * DAY_S, "for a week"],
  [0, "until it is taken back"],
];

/** When a term of so many seconds ends. */
export function endOf(seconds: number, nowMs: number): number {
  return seconds === 0 ? FOREVER : nowMs + seconds * 1_000;
}

/** When something ends, as part of a sentence. */
export function untilWords(untilMs: number, nowMs: number): string {
  if (untilMs >= FOREVER) {
    return "until it is taken back";
  }
  const day = dayOf(untilMs, nowMs);
  return `until ${day === "Today" ? "" : `${day}, `}${timeOf(untilMs)}`;
}

const RANKS = { owner: 0, moderator: 1, member: 2, unknown: 3 } as const;

/** Those whose name or id holds what was typed; owners first, then by name. */
export function membersFor(
  members: readonly Member[],
  typed: string,
  nameOf: (userId: string) => string,
): readonly Member[] {
  const wanted = typed.trim().toLocaleLowerCase();
  return members
    .filter(({ userId }) =>
      [userId, nameOf(userId)].some((name) => name.toLocaleLowerCase().includes(wanted)),
    )
    .sort(
      (a, b) => RANKS[a.role] - RANKS[b.role] || nameOf(a.userId).localeCompare(nameOf(b.userId)),
    );
}
