// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Content, ConversationDetails, QuotedMessage } from "@tern/client";

/** What somebody is called. */
export type NameOf = (userId: string) => string;

/** By their ids, where nobody knows more. */
export const asTheyAre: NameOf = (userId) => userId;

/** Names in a sentence, with "you" for oneself. */
export function namesOf(
  userIds: readonly string[],
  me: string,
  nameOf: NameOf = asTheyAre,
): string {
  const names = userIds.map((userId) => (userId === me ? "you" : nameOf(userId)));
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}

/** What a conversation is called. */
export function titleOf(
  details: ConversationDetails | undefined,
  peerId: string,
  nameOf: NameOf = asTheyAre,
): string {
  return details?.name || nameOf(peerId);
}

const ROLES = { owner: "an owner", moderator: "a moderator", member: "a member" } as const;

function isAlone(userIds: readonly string[], senderId: string): boolean {
  return userIds.length === 1 && userIds[0] === senderId;
}

/** A system message as a sentence. */
export function sentenceOf(message: QuotedMessage, me: string, nameOf: NameOf = asTheyAre): string {
  const { content, senderId } = message;
  if (content.type !== "system") {
    return "";
  }
  const who = senderId === me ? "You" : nameOf(senderId) || "Someone";
  const whom = namesOf(content.userIds, me, nameOf);
  switch (content.event) {
    case "membersAdded":
      return isAlone(content.userIds, senderId) ? `${who} joined` : `${who} added ${whom}`;
    case "membersRemoved":
      return `${who} removed ${whom}`;
    case "memberLeft":
      return `${whom === "you" ? "You" : whom || who} left`;
    case "renamed":
      return `${who} renamed the group to “${content.text}”`;
    case "roleChanged":
      return content.role === "unknown"
        ? `${who} changed ${whom === "you" ? "your role" : `the role of ${whom}`}`
        : `${who} made ${whom} ${ROLES[content.role]}`;
    case "imageChanged":
      return `${who} changed the group’s picture`;
    case "unknown":
      return "Something changed";
  }
}

/** A message on one line, for the conversation list and for quotes. */
export function previewOf(message: QuotedMessage, me: string, nameOf: NameOf = asTheyAre): string {
  const { deletedAtMs, deletedById, content } = message;
  if (deletedAtMs > 0) {
    const who = deletedById === me ? "You" : nameOf(deletedById) || "Someone";
    return `${who} deleted this message`;
  }
  return content.type === "system" ? sentenceOf(message, me, nameOf) : lineOf(content);
}

/** What somebody wrote, on one line. */
export function lineOf(content: Content): string {
  switch (content.type) {
    case "text":
      return content.text;
    case "card":
      return content.title || content.text || "A card";
    case "attachments":
      return content.caption || content.attachments.map(({ name }) => name).join(", ") || "A file";
    case "custom":
      return `A message of the app’s own kind “${content.kind}”`;
    case "encrypted":
      return "An encrypted message";
    case "system":
    case "none":
      return "A message that this page can’t show";
  }
}

/** Who reacted: the first of them by name, the rest as a number. */
export function reactorsOf(
  userIds: readonly string[],
  count: number,
  me: string,
  nameOf: NameOf = asTheyAre,
): string {
  const names = userIds.map((userId) => (userId === me ? "you" : nameOf(userId)));
  const rest = count - names.length;
  const others = rest > 0 ? [rest === 1 ? "1 other" : `${rest} others`] : [];
  return new Intl.ListFormat("en", { type: "conjunction" }).format([...names, ...others]);
}

const PROBLEMS: Readonly<Record<string, string>> = {
  NOT_CONNECTED: "You are offline. Go online and try again.",
  CONNECTION_LOST: "The connection was lost. Try again.",
  TIMEOUT: "The server did not answer. Try again.",
  INVALID_ARGUMENT: "The server can’t take that.",
  NOT_FOUND: "That conversation is not here.",
  FORBIDDEN: "You may not do that.",
  LIMIT_REACHED: "There can be no more of these.",
  TOO_LARGE: "That is too long.",
  GROUP_FULL: "The group is full.",
  RATE_LIMITED: "That was too fast. Wait a moment.",
  UNAVAILABLE: "The server is busy. Try again.",
  INTERNAL: "The server has a fault. Try again.",
  UNSUPPORTED: "The server does not know that yet.",
  REFUSED_BY_MODERATION: "This may not be said here.",
  NO_TOKEN: "The server gave no access token.",
};

/** An error's code as a sentence. */
export function problemOf(code: string): string {
  return PROBLEMS[code] ?? `Something went wrong (${code}).`;
}
