// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import {
  FOREVER,
  type InboxEntry,
  type OwnList,
  type OwnPushLevel,
  type TernClient,
} from "@tern/client";

const HOUR_MS = 3_600_000;

/** For how long notifications may be muted, and how that is put. */
export const MUTE_TERMS: readonly (readonly [number, string])[] = [
  [HOUR_MS, "for 1 hour"],
  [8 * HOUR_MS, "for 8 hours"],
  [FOREVER, "for good"],
];

/** About which messages of a conversation there may be notifications, and how that is put. */
export const LEVELS: readonly (readonly [OwnPushLevel, string])[] = [
  ["asEverywhere", "As my profile says"],
  ["all", "All messages"],
  ["mentions", "Mentions only"],
  ["none", "None"],
];

/** All that a person may do with one conversation in their own list. */
export type ListDeeds = Readonly<
  Record<
    | "pin"
    | "unpin"
    | "markRead"
    | "markUnread"
    | "unmute"
    | "archive"
    | "unarchive"
    | "hide"
    | "clearHistory",
    () => void
  >
> & {
  /** For that long; `FOREVER` is for good. */
  readonly mute: (forMs: number) => void;
  readonly wakeFor: (level: OwnPushLevel) => void;
};

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
    ...bellDeeds(list, conversationId, settle),
    archive: leaving(() => list.archive(conversationId), "Archived"),
    unarchive: staying(() => list.unarchive(conversationId), "Back in the list"),
    hide: leaving(() => list.hide(conversationId), "Hidden until a new message"),
    clearHistory: leaving(
      () => list.hide(conversationId, { clearHistory: true }),
      "History cleared",
    ),
  };
}

function bellDeeds(
  list: OwnList,
  conversationId: string,
  settle: (deed: Promise<void>, done: string) => void,
): Pick<ListDeeds, "mute" | "unmute" | "wakeFor"> {
  return {
    mute: (forMs) => {
      const untilMs = forMs === FOREVER ? FOREVER : Date.now() + forMs;
      settle(list.mute(conversationId, untilMs), "Notifications muted");
    },
    unmute: () => {
      settle(list.unmute(conversationId), "Notifications unmuted");
    },
    wakeFor: (level) => {
      settle(list.wakeFor(conversationId, level), "Notifications changed");
    },
  };
}
