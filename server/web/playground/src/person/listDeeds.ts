// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { InboxEntry, TernClient } from "@tern/client";

/** All that a person may do with one conversation in their own list. */
export type ListDeeds = Readonly<
  Record<
    | "pin"
    | "unpin"
    | "markRead"
    | "markUnread"
    | "mute"
    | "unmute"
    | "archive"
    | "unarchive"
    | "hide"
    | "clearHistory",
    () => void
  >
>;

export interface DeedsVoice {
  readonly onProblem: (error: unknown) => void;
  readonly announce: (text: string) => void;
  /** The conversation is to be closed, if it is open. */
  readonly onLeave: (conversationId: string) => void;
}

/** Whether no notifications are wanted from a conversation now. */
export function isMuted({ mutedUntilMs }: InboxEntry, nowMs: number): boolean {
  return mutedUntilMs > nowMs;
}

/** Does it, tells what was done, and closes the conversation where it goes away. */
export function deedsFor(client: TernClient, entry: InboxEntry, voice: DeedsVoice): ListDeeds {
  const { conversationId } = entry.conversation;
  const { list } = client;
  const { onProblem, announce, onLeave } = voice;
  const settle = (deed: Promise<void>, done: string): void => {
    deed.then(() => {
      announce(done);
    }, onProblem);
  };
  const leaving =
    (act: () => Promise<void>, done: string): (() => void) =>
    () => {
      onLeave(conversationId);
      settle(act(), done);
    };
  const staying =
    (act: () => Promise<void>, done: string): (() => void) =>
    () => {
      settle(act(), done);
    };
  return {
    pin: staying(() => list.pin(conversationId), "Pinned to top"),
    unpin: staying(() => list.unpin(conversationId), "Taken down from top"),
    markRead: () => {
      client.conversation(conversationId).markRead(entry.sequence);
      announce("Marked as read");
    },
    // Left open it would be read again at once.
    markUnread: leaving(() => list.markUnread(conversationId), "Marked as unread"),
    mute: staying(() => list.mute(conversationId), "Notifications muted"),
    unmute: staying(() => list.unmute(conversationId), "Notifications unmuted"),
    archive: leaving(() => list.archive(conversationId), "Archived"),
    unarchive: staying(() => list.unarchive(conversationId), "Back in the list"),
    hide: leaving(() => list.hide(conversationId), "Hidden until a new message"),
    clearHistory: leaving(
      () => list.hide(conversationId, { clearHistory: true }),
      "History cleared",
    ),
  };
}
