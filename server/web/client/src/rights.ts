// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationKind, Message, MessageRights, Role } from "./model.js";

/** What decides about rights, beside the message itself. */
export interface Standing {
  readonly userId: string;
  /** Undefined where the user is no member. */
  readonly role: Role | undefined;
  readonly kind: ConversationKind | undefined;
  /** Of a group: the least role that pins. */
  readonly pinRole?: Role | undefined;
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

const RANKS: Readonly<Record<Role, number>> = { unknown: 0, member: 1, moderator: 2, owner: 3 };

/** Whether a role does what at least another one is needed for; without rules leaders do. */
export function isAtLeast(role: Role | undefined, needed: Role = "unknown"): boolean {
  return RANKS[role ?? "unknown"] >= (RANKS[needed] || RANKS.moderator);
}

/** Whether those of a kind have leaders and rules: groups, and OPEN conversations. */
export function isLed(kind: ConversationKind | undefined): boolean {
  return kind === "group" || kind === "open";
}

/** Whether one role stands above another. */
export function isAbove(role: Role | undefined, other: Role | undefined): boolean {
  return RANKS[role ?? "unknown"] > RANKS[other ?? "unknown"];
}

/** What the protocol's table lets a user do to a message. */
export function rightsOver(message: Message, standing: Standing): MessageRights {
  const { role, kind, userId } = standing;
  const isKept = message.sequence > 0 && message.deletedAtMs === 0;
  if (role === undefined || !isKept || message.content.type === "system") {
    return NONE;
  }
  const isOwn = message.senderId === userId;
  const leads = isLed(kind) && (role === "owner" || role === "moderator");
  const isInTime = standing.nowMs - message.createdAtMs < standing.editWindowMs;
  return {
    mayReply: true,
    mayReact: true,
    mayEdit: isOwn && isInTime,
    mayDelete: isOwn || leads,
    mayPin: kind === "direct" || (isLed(kind) && isAtLeast(role, standing.pinRole)),
    mayReadEdits: message.editedAtMs > 0 && (isOwn || leads),
  };
}

/** Likewise, of a room that the user watches and is no member of; `mayPost`: they may post now. */
export function watcherRightsOver(
  message: Message,
  standing: Standing,
  mayPost: boolean,
): MessageRights {
  const isKept = message.sequence > 0 && message.deletedAtMs === 0;
  if (!isKept || standing.kind !== "open" || message.content.type === "system") {
    return NONE;
  }
  const isOwn = message.senderId === standing.userId;
  const isInTime = standing.nowMs - message.createdAtMs < standing.editWindowMs;
  return { ...NONE, mayReply: mayPost, mayEdit: isOwn && isInTime && mayPost, mayDelete: isOwn };
}
