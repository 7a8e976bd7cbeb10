// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Mentions, Message, MessageHeaders, SendableContent } from "./model.js";
import { randomUuid } from "./uuid.js";

export const NOBODY: Mentions = { userIds: [], everyone: false };

/** Plain text may be given as it is. */
export function contentOf(content: string | SendableContent): SendableContent {
  return typeof content === "string" ? { type: "text", text: content } : content;
}

/** A message as it stands before the server has seen it, with a client message id of its own. */
export function newMessage(
  senderId: string,
  content: string | SendableContent,
  headers: Partial<MessageHeaders>,
): Message {
  return {
    sequence: 0,
    revision: 0,
    senderId,
    clientMessageId: randomUuid(),
    createdAtMs: Date.now(),
    editedAtMs: 0,
    deletedAtMs: 0,
    deletedById: "",
    pinnedAtMs: 0,
    content: contentOf(content),
    reactions: [],
    ownReactions: [],
    mentions: NOBODY,
    countable: true,
    silent: false,
    urgent: false,
    replyTo: 0,
    metadata: {},
    ...headers,
  };
}
