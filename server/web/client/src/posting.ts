// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationState } from "./model.js";
import { barOf, isAtLeast } from "./rights.js";

/**
 * Whether the user may write in a conversation now, and why not. `mute` and `slow` end by
 * themselves at `untilMs`, in milliseconds since 1970; a mute without an end tells a far time.
 */
export type Posting =
  | { readonly may: true }
  | { readonly may: false; readonly because: "gone" | "frozen" | "role" }
  | { readonly may: false; readonly because: "mute" | "slow"; readonly untilMs: number };

/** What the conversation's rules say; the server has the last word. */
export function postingIn(state: ConversationState, userId: string, nowMs: number): Posting {
  const { details, members, isGone } = state;
  const own = members.find((member) => member.userId === userId);
  if (isGone) {
    return { may: false, because: "gone" };
  }
  if (details === undefined || own === undefined) {
    return { may: true };
  }
  const because = barOf(details, own, nowMs);
  if (because === "mute") {
    return { may: false, because, untilMs: own.mutedUntilMs };
  }
  if (because !== undefined) {
    return { may: false, because };
  }
  const leads = isAtLeast(own.role, "moderator");
  const untilMs = leads ? 0 : endOfPause(state, userId, details.slowModeSeconds);
  return untilMs > nowMs ? { may: false, because: "slow", untilMs } : { may: true };
}

function endOfPause({ messages }: ConversationState, userId: string, seconds: number): number {
  if (seconds === 0) {
    return 0;
  }
  const last = messages.findLast(
    ({ senderId, content, tick }) =>
      senderId === userId && content.type !== "system" && tick !== "failed",
  );
  return last === undefined ? 0 : last.createdAtMs + seconds * 1_000;
}
