// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Ban as WireBan } from "./gen/tern/v1/governance.js";
import type { Edit as WireEdit } from "./gen/tern/v1/change.js";
import {
  ConversationKind,
  HistoryVisibility,
  Role,
  WatchAccess,
} from "./gen/tern/v1/conversation.js";
import type {
  Conversation as WireConversation,
  ConversationOpened,
  Member as WireMember,
  WatchRules as WireWatchRules,
} from "./gen/tern/v1/conversation.js";
import { ErrorCode } from "./gen/tern/v1/error.js";
import { InboxPlace, type InboxEntry as WireInboxEntry } from "./gen/tern/v1/inbox.js";
import { Quote_Kind, System_Kind } from "./gen/tern/v1/message.js";
import type {
  Button as WireButton,
  Content as WireContent,
  Message as WireMessage,
  Quote as WireQuote,
} from "./gen/tern/v1/message.js";
import type { Presence as WirePresence } from "./gen/tern/v1/presence.js";
import { PushLevel } from "./gen/tern/v1/push.js";
import { type Preferences as WirePreferences, PresenceVisibility } from "./gen/tern/v1/user.js";
import type { Ban } from "./groupModel.js";
import type {
  Button,
  Content,
  ConversationDetails,
  ConversationKind as KindName,
  Edit,
  HistoryVisibility as VisibilityName,
  InboxEntry,
  InboxPlace as PlaceName,
  Member,
  Message,
  QuotedMessage,
  Role as RoleName,
  SystemEvent,
  WatchRules,
} from "./model.js";
import type {
  Preferences,
  Presence,
  PresenceVisibility as PresenceName,
  PushLevel as PushLevelName,
} from "./peopleModel.js";

const KINDS: Readonly<Record<number, KindName>> = {
  [ConversationKind.DIRECT]: "direct",
  [ConversationKind.GROUP]: "group",
  [ConversationKind.SUPPORT]: "support",
  [ConversationKind.OPEN]: "open",
};

const ROLES: Readonly<Record<number, RoleName>> = {
  [Role.MEMBER]: "member",
  [Role.MODERATOR]: "moderator",
  [Role.OWNER]: "owner",
};

const VISIBILITIES: Readonly<Record<number, VisibilityName>> = {
  [HistoryVisibility.JOINED]: "joined",
  [HistoryVisibility.START]: "start",
};

const ACCESSES: Readonly<Record<number, WatchRules["access"]>> = {
  [WatchAccess.PUBLIC]: "public",
  [WatchAccess.GRANT]: "grant",
  [WatchAccess.LIST]: "list",
};

const PLACES: Readonly<Record<number, PlaceName>> = {
  [InboxPlace.MAIN]: "main",
  [InboxPlace.ARCHIVED]: "archived",
  [InboxPlace.HIDDEN]: "hidden",
};

const PRESENCE_VISIBILITIES: Readonly<Record<number, PresenceName>> = {
  [PresenceVisibility.EVERYBODY]: "everybody",
  [PresenceVisibility.CONTACTS]: "contacts",
  [PresenceVisibility.NOBODY]: "nobody",
};

const PUSH_LEVELS: Readonly<Record<number, PushLevelName>> = {
  [PushLevel.ALL]: "all",
  [PushLevel.MENTIONS]: "mentions",
  [PushLevel.NONE]: "none",
};

const SYSTEM_EVENTS: Readonly<Record<number, SystemEvent>> = {
  [System_Kind.MEMBERS_ADDED]: "membersAdded",
  [System_Kind.MEMBERS_REMOVED]: "membersRemoved",
  [System_Kind.MEMBER_LEFT]: "memberLeft",
  [System_Kind.RENAMED]: "renamed",
  [System_Kind.ROLE_CHANGED]: "roleChanged",
  [System_Kind.IMAGE_CHANGED]: "imageChanged",
};

const ERROR_NAMES = new Map<number, string>(
  Object.entries(ErrorCode).map(([name, code]) => [code, name]),
);

/** The name of an error code, such as "NOT_FOUND"; a newer one shows as its number. */
export function errorName(code: number): string {
  return ERROR_NAMES.get(code) ?? String(code);
}

export function detailsFrom(wire: WireConversation): ConversationDetails {
  return {
    conversationId: wire.conversationId,
    kind: KINDS[wire.kind] ?? "unknown",
    key: wire.key,
    name: wire.name,
    historyVisibility: VISIBILITIES[wire.historyVisibility] ?? "unknown",
    createdAtMs: wire.createdAtMs,
    revision: wire.revision,
    memberCount: wire.memberCount,
    imageUrl: wire.imageUrl,
    metadata: wire.metadata,
    postRole: roleFrom(wire.postRole),
    addRole: roleFrom(wire.addRole),
    settingsRole: roleFrom(wire.settingsRole),
    pinRole: roleFrom(wire.pinRole),
    removeRole: roleFrom(wire.removeRole),
    deleteRole: roleFrom(wire.deleteRole),
    frozen: wire.frozen,
    slowModeSeconds: wire.slowModeSeconds,
    joinableByKey: wire.joinableByKey,
    ...(wire.watching && { watching: watchRulesFrom(wire.watching) }),
  };
}

function watchRulesFrom({ access, grant, watchersPost }: WireWatchRules): WatchRules {
  return { access: ACCESSES[access] ?? "unknown", grant, watchersPost };
}

export function memberFrom(wire: WireMember): Member {
  return { ...wire, role: roleFrom(wire.role) };
}

function roleFrom(role: Role): RoleName {
  return ROLES[role] ?? "unknown";
}

export function banFrom({ userId, bannedById, bannedAtMs, untilMs }: WireBan): Ban {
  return { userId, bannedById, bannedAtMs, untilMs };
}

export function presenceFrom({ userId, online, awaySinceMs }: WirePresence): Presence {
  return { userId, online, awaySinceMs };
}

/** Of a conversation that was just opened and is not in the list yet. */
export function newEntryFrom(
  { revision, sequence }: ConversationOpened,
  conversation: ConversationDetails,
  userId: string,
  peerId: string,
): InboxEntry {
  return {
    conversation,
    unread: 0,
    marker: { userId, delivered: 0, read: 0 },
    revision,
    sequence,
    activeAtMs: conversation.createdAtMs,
    peerId,
    place: "main",
    pinnedAtMs: 0,
    mutedUntilMs: 0,
    pushLevel: "asEverywhere",
    visibleFrom: 0,
  };
}

export function preferencesFrom(wire: WirePreferences): Preferences {
  const { presenceVisibility, pushLevel, quietHours, ...others } = wire;
  return {
    ...others,
    presenceVisibility: PRESENCE_VISIBILITIES[presenceVisibility] ?? "unknown",
    pushLevel: PUSH_LEVELS[pushLevel] ?? "all",
    ...(quietHours && { quietHours }),
  };
}

export function messageFrom(wire: WireMessage): Message {
  return {
    ...wire,
    content: contentFrom(wire.content),
    mentions: wire.mentions ?? { userIds: [], everyone: false },
  };
}

/** Of a quote that is not `unavailable`. */
export function quotedFrom(wire: WireQuote): QuotedMessage {
  const { sequence, revision, senderId, editedAtMs, deletedAtMs, deletedById } = wire;
  const content = beginningFrom(wire);
  return { sequence, revision, senderId, content, editedAtMs, deletedAtMs, deletedById };
}

function beginningFrom({ kind, text, cut, customType }: WireQuote): Content {
  const words = cut ? `${text}…` : text;
  switch (kind) {
    case Quote_Kind.TEXT:
      return { type: "text", text: words };
    case Quote_Kind.CARD:
      return { type: "card", title: words, text: "", imageUrl: "", buttons: [] };
    case Quote_Kind.ATTACHMENTS:
      return { type: "attachments", attachments: [], caption: words };
    case Quote_Kind.CUSTOM:
      return { type: "custom", kind: customType, json: "" };
    case Quote_Kind.ENCRYPTED:
      return { type: "encrypted", scheme: "", ciphertext: new Uint8Array() };
    case Quote_Kind.SYSTEM:
      return { type: "system", event: "unknown", userIds: [], text: "", role: "unknown" };
    default:
      return { type: "none" };
  }
}

export function editFrom(wire: WireEdit): Edit {
  return {
    ...wire,
    content: contentFrom(wire.content),
    mentions: wire.mentions ?? { userIds: [], everyone: false },
  };
}

/** Undefined where the entry tells that the user is no longer a member. */
export function inboxEntryFrom(wire: WireInboxEntry): InboxEntry | undefined {
  if (wire.removed || wire.conversation === undefined) {
    return undefined;
  }
  return {
    conversation: detailsFrom(wire.conversation),
    ...(wire.lastMessage && { lastMessage: messageFrom(wire.lastMessage) }),
    unread: wire.unread,
    marker: wire.marker ?? { userId: "", delivered: 0, read: 0 },
    revision: wire.revision,
    sequence: wire.sequence,
    activeAtMs: wire.activeAtMs,
    peerId: wire.peerId,
    place: PLACES[wire.place] ?? "main",
    pinnedAtMs: wire.pinnedAtMs,
    mutedUntilMs: wire.mutedUntilMs,
    pushLevel: PUSH_LEVELS[wire.pushLevel] ?? "asEverywhere",
    visibleFrom: wire.visibleFrom,
    ...(wire.draft && { draft: wire.draft }),
  };
}

function contentFrom(wire: WireContent | undefined): Content {
  const content = wire?.content;
  switch (content?.$case) {
    case "text":
      return { type: "text", text: content.value.text };
    case "card":
      return { type: "card", ...content.value, buttons: content.value.buttons.map(buttonFrom) };
    case "attachments":
      return { type: "attachments", ...content.value };
    case "custom":
      return { type: "custom", kind: content.value.type, json: content.value.json };
    case "encrypted":
      return { type: "encrypted", ...content.value };
    case "system":
      return {
        type: "system",
        event: SYSTEM_EVENTS[content.value.kind] ?? "unknown",
        userIds: content.value.userIds,
        text: content.value.text,
        role: roleFrom(content.value.role),
      };
    case undefined:
      return { type: "none" };
  }
}

function buttonFrom(wire: WireButton): Button {
  const button = { id: wire.id, label: wire.label, ...(wire.once && { once: true }) };
  switch (wire.action?.$case) {
    case "url":
      return { ...button, url: wire.action.value };
    case "value":
      return { ...button, value: wire.action.value };
    case undefined:
      return button;
  }
}
