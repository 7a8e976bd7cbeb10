// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { TimelineMessage } from "@tern/client";
import { daysAgo } from "../ground/format.js";

/** What stands in a conversation from top to bottom. */
export type TimelineItem =
  | { readonly kind: "day"; readonly key: string; readonly atMs: number }
  | { readonly kind: "unread"; readonly key: string; readonly count: number }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly message: TimelineMessage;
      /** The first of several of one sender in a row. */
      readonly isFirst: boolean;
      readonly isLast: boolean;
    };

/** What came while the user was away, as sequences. */
export interface Missed {
  readonly after: number;
  readonly through: number;
}

const TOGETHER_MS = 5 * 60_000;

/** Puts days and the mark of what is unread between the messages. */
export function timelineItems(
  messages: readonly TimelineMessage[],
  me: string,
  missed: Missed | undefined,
): readonly TimelineItem[] {
  const items: TimelineItem[] = [];
  const unread = firstUnread(messages, me, missed);
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    const isNewDay = before === undefined || daysAgo(before.createdAtMs, message.createdAtMs) !== 0;
    if (isNewDay) {
      const key = `day-${new Date(message.createdAtMs).toDateString()}`;
      items.push({ kind: "day", key, atMs: message.createdAtMs });
    }
    if (message === unread?.message) {
      items.push({ kind: "unread", key: "unread", count: unread.count });
    }
    const startsAnew = isNewDay || message === unread?.message;
    items.push({
      kind: "message",
      key: `${message.senderId}/${message.clientMessageId || message.sequence}`,
      message,
      isFirst: startsAnew || !areTogether(before, message),
      isLast: after === undefined || after === unread?.message || !areTogether(message, after),
    });
  });
  return items;
}

function firstUnread(
  messages: readonly TimelineMessage[],
  me: string,
  missed: Missed | undefined,
): { message: TimelineMessage; count: number } | undefined {
  if (missed === undefined) {
    return undefined;
  }
  const unread = messages.filter(
    ({ sequence, senderId, content, deletedAtMs }) =>
      sequence > missed.after &&
      sequence <= missed.through &&
      senderId !== me &&
      content.type !== "system" &&
      deletedAtMs === 0,
  );
  const message = unread[0];
  return message && { message, count: unread.length };
}

function areTogether(one: TimelineMessage | undefined, next: TimelineMessage): boolean {
  return (
    one?.senderId === next.senderId &&
    one.content.type !== "system" &&
    next.content.type !== "system" &&
    next.createdAtMs - one.createdAtMs < TOGETHER_MS
  );
}
