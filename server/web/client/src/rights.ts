// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type {
  ConversationDetails,
  ConversationKind,
  Member,
  Message,
  MessageRights,
  Role,
} from "./model.js";

/**
 * What keeps a user from writing in a conversation: they have blocked the other one, or it is
 * frozen, or they are muted there, or their role only reads.
 */
export type Bar = "blocked" | "frozen" | "mute" | "role";

/** What decides about rights, beside the message itself. */
export interface Standing {
  readonly userId: string;
  /** Undefined where the user is no member. */
  readonly role: Role | undefined;
  readonly kind: ConversationKind | undefined;
  /** Of a group: the least role that pins. */
  readonly pinRole?: Role | undefined;
  /** Of a group: the least role that deletes what others have sent. */
  readonly deleteRole?: Role | undefined;
  /** All members: whose message it is decides, too. */
  readonly members: readonly Pick<Member, "userId" | "role">[];
  /** How long after it was sent a message may be edited. */
  readonly editWindowMs: number;
  readonly nowMs: number;
  readonly bar?: Bar | undefined;
}

// As which the app's backend writes: a member of nothing, above everybody.
const BUSINESS = "business";

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

/** What a conversation's rules hold against one of its members now. */
export function barOf(
  { frozen, postRole }: ConversationDetails,
  { role, mutedUntilMs }: Member,
  nowMs: number,
): Exclude<Bar, "blocked"> | undefined {
  if (frozen && !isAtLeast(role, "moderator")) {
    return "frozen";
  }
  if (mutedUntilMs > nowMs) {
    return "mute";
  }
  return postRole !== "unknown" && !isAtLeast(role, postRole) ? "role" : undefined;
}

/** What the protocol's table lets a user do to a message. */
export function rightsOver(message: Message, standing: Standing): MessageRights {
  const { role, kind, userId, bar } = standing;
  const isKept = message.sequence > 0 && message.deletedAtMs === 0;
  if (role === undefined || !isKept || message.content.type === "system") {
    return NONE;
  }
  const isOwn = message.senderId === userId;
  const judges = isLed(kind) && isAtLeast(role, standing.deleteRole) && reaches(message, standing);
  const isInTime = standing.nowMs - message.createdAtMs < standing.editWindowMs;
  const isPinner = kind === "direct" || (isLed(kind) && isAtLeast(role, standing.pinRole));
  return {
    mayReply: bar === undefined,
    mayReact: bar === undefined || bar === "role",
    mayEdit: isOwn && isInTime && bar === undefined,
    mayDelete: isOwn || judges,
    mayPin: isPinner && (bar !== "blocked" || message.pinnedAtMs > 0),
    mayReadEdits: message.editedAtMs > 0 && (isOwn || judges),
  };
}

/** Whether a role reaches whose message it is: members judge nothing from above. */
function reaches({ senderId }: Message, { role, members }: Standing): boolean {
  const sender =
    senderId === BUSINESS ? "owner" : members.find(({ userId }) => userId === senderId)?.role;
  return isAtLeast(role, "moderator") || !isAbove(sender, role);
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
