// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ReactionChange } from "./gen/tern/v1/message.js";
import type { Message, Reaction } from "./model.js";

const MOST_NAMED = 10;

/** A reaction that was set or taken back, without the message's sequence. */
export type ReactionStep = Omit<ReactionChange, "sequence">;

/** The message after somebody has set a reaction or taken it back; the count is absolute. */
export function withReaction(message: Message, step: ReactionStep, me: string): Message {
  const known = message.reactions.find(({ reaction }) => reaction === step.reaction);
  const changed = { reaction: step.reaction, count: step.count, userIds: named(known, step) };
  const reactions =
    known === undefined
      ? [...message.reactions, changed]
      : message.reactions.map((one) => (one === known ? changed : one));
  const own = message.ownReactions.filter((reaction) => reaction !== step.reaction);
  return {
    ...message,
    reactions: reactions.filter(({ count }) => count > 0),
    ownReactions:
      step.userId === me ? [...own, ...(step.on ? [step.reaction] : [])] : message.ownReactions,
  };
}

/** The message as if the server had set one's own reaction already; the same if it has. */
export function withOwnReaction(
  message: Message,
  reaction: string,
  on: boolean,
  me: string,
): Message {
  if (message.ownReactions.includes(reaction) === on) {
    return message;
  }
  const known = message.reactions.find((one) => one.reaction === reaction)?.count ?? 0;
  const count = Math.max(0, known + (on ? 1 : -1));
  return withReaction(message, { userId: me, reaction, on, count }, me);
}

/** A message of an envelope says nothing of one's own reactions: what is known of them stays. */
export function keepingOwnReactions(known: Message | undefined, message: Message): Message {
  const kinds = new Set(message.reactions.map(({ reaction }) => reaction));
  const ownReactions = (known?.ownReactions ?? []).filter((reaction) => kinds.has(reaction));
  return { ...message, ownReactions };
}

/** The first who reacted so, as far as they are known. */
function named(known: Reaction | undefined, { userId, on }: ReactionStep): readonly string[] {
  const userIds = known?.userIds ?? [];
  if (!on) {
    return userIds.filter((one) => one !== userId);
  }
  return userIds.includes(userId) ? userIds : [...userIds, userId].slice(0, MOST_NAMED);
}
