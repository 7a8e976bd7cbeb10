// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationKind, Message, MessageRights, Role } from "./model.js";

/** What decides about rights, beside the message itself. */
export interface Standing {
  readonly userId: string;
  /** Undefined where the user is no member. */
  readonly role: Role | undefined;
  readonly kind: ConversationKind | undefined;
  /** How long after it was sent a message may be edited. */
  readonly editWindowMs: number;
  readonly nowMs: number;
}

const NONE: MessageRights = {
  mayReply: false,
  mayReact: false,
  mayEdit: false,
  mayDelete: false,
  mayPin: false,
  mayReadEdits: false,
};

/** What the protocol's table lets a user do to a message. */
export function rightsOver(message: Message, standing: Standing): MessageRights {
  const { role, kind, userId } = standing;
  const isKept = message.sequence > 0 && message.deletedAtMs === 0;
  if (role === undefined || !isKept || message.content.type === "system") {
    return NONE;
  }
  const isOwn = message.senderId === userId;
  const leads = kind === "group" && (role === "owner" || role === "moderator");
  const isInTime = standing.nowMs - message.createdAtMs < standing.editWindowMs;
  return {
    mayReply: true,
    mayReact: true,
    mayEdit: isOwn && isInTime,
    mayDelete: isOwn || leads,
    mayPin: leads || kind === "direct",
    mayReadEdits: message.editedAtMs > 0 && (isOwn || leads),
  };
}
