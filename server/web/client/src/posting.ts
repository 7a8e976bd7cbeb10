// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationDetails, ConversationState } from "./model.js";
import { barOf, isAtLeast } from "./rights.js";

/** What decides about it: of a conversation, or of a room that one watches. */
export type PostingState = Pick<ConversationState, "details" | "members" | "messages" | "isGone">;

/**
 * Whether the user may write in a conversation now, and why not. `mute` and `slow` end by
 * themselves at `untilMs`, in milliseconds since 1970; a mute without an end tells a far time.
 * `watching`: only the members of this room write. That one who watches is muted shows by FORBIDDEN
 * alone.
 */
export type Posting =
  | { readonly may: true }
  | { readonly may: false; readonly because: "gone" | "frozen" | "role" | "watching" }
  | { readonly may: false; readonly because: "mute" | "slow"; readonly untilMs: number };

/** What the conversation's rules say; the server has the last word. */
export function postingIn(state: PostingState, userId: string, nowMs: number): Posting {
  const { details, members, isGone } = state;
  const own = members.find((member) => member.userId === userId);
  if (isGone) {
    return { may: false, because: "gone" };
  }
  if (details === undefined) {
    return { may: true };
  }
  if (own === undefined) {
    return details.kind === "open"
      ? postingAsWatcher(state, details, userId, nowMs)
      : { may: true };
  }
  const because = barOf(details, own, nowMs);
  if (because === "mute") {
    return { may: false, because, untilMs: own.mutedUntilMs };
  }
  if (because !== undefined) {
    return { may: false, because };
  }
  return isAtLeast(own.role, "moderator")
    ? { may: true }
    : afterPause(state, details, userId, nowMs);
}

function postingAsWatcher(
  state: PostingState,
  details: ConversationDetails,
  userId: string,
  nowMs: number,
): Posting {
  if (details.watching?.watchersPost !== true) {
    return { may: false, because: "watching" };
  }
  return details.frozen
    ? { may: false, because: "frozen" }
    : afterPause(state, details, userId, nowMs);
}

function afterPause(
  state: PostingState,
  { slowModeSeconds }: ConversationDetails,
  userId: string,
  nowMs: number,
): Posting {
  const untilMs = endOfPause(state, userId, slowModeSeconds);
  return untilMs > nowMs ? { may: false, because: "slow", untilMs } : { may: true };
}

function endOfPause({ messages }: PostingState, userId: string, seconds: number): number {
  if (seconds === 0) {
    return 0;
  }
  const last = messages.findLast(
    ({ senderId, content, tick }) =>
      senderId === userId && content.type !== "system" && tick !== "failed",
  );
  return last === undefined ? 0 : last.createdAtMs + seconds * 1_000;
}
