// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import {
  HistoryVisibility,
  Role,
  WatchAccess,
  type WatchRules,
} from "./gen/tern/v1/conversation.js";
import type { ClientFrame } from "./gen/tern/v1/frame.js";
import { AppState as WireAppState } from "./gen/tern/v1/hello.js";
import type {
  Button as WireButton,
  Content as WireContent,
  Mentions as WireMentions,
  SendMessage,
} from "./gen/tern/v1/message.js";
import type { CreateOpen } from "./gen/tern/v1/open.js";
import { PushLevel } from "./gen/tern/v1/push.js";
import { ReportReason } from "./gen/tern/v1/report.js";
import { PresenceVisibility, type UpdatePreferences } from "./gen/tern/v1/user.js";
import type { AppState } from "./appState.js";
import type { FoundingSettings, GivenRole, GroupChange } from "./groupModel.js";
import type { Button, Content, Mentions, Message, OutgoingChange, OwnPushLevel } from "./model.js";
import type { OpenOptions } from "./openModel.js";
import type { PreferencesChange, ReportReason as ReasonName } from "./peopleModel.js";

type FoundingFields = Omit<CreateOpen, "name" | "userIds" | "key" | "watching">;
type RoleRule = "postRole" | "addRole" | "settingsRole" | "pinRole" | "removeRole" | "deleteRole";

const ROLES = { member: Role.MEMBER, moderator: Role.MODERATOR, owner: Role.OWNER } as const;

const PRESENCE_VISIBILITIES = {
  everybody: PresenceVisibility.EVERYBODY,
  contacts: PresenceVisibility.CONTACTS,
  nobody: PresenceVisibility.NOBODY,
} as const;

const PUSH_LEVELS = {
  asEverywhere: PushLevel.UNSPECIFIED,
  all: PushLevel.ALL,
  mentions: PushLevel.MENTIONS,
  none: PushLevel.NONE,
} as const;

const REASONS = {
  spam: ReportReason.SPAM,
  harassment: ReportReason.HARASSMENT,
  hate: ReportReason.HATE,
  violence: ReportReason.VIOLENCE,
  sexual: ReportReason.SEXUAL,
  selfHarm: ReportReason.SELF_HARM,
  fraud: ReportReason.FRAUD,
  other: ReportReason.OTHER,
} as const;

/** Unspecified, which leaves things as they are, for none. */
export function roleToWire(role: GivenRole | undefined): Role {
  return role === undefined ? Role.UNSPECIFIED : ROLES[role];
}

/** What is left out stays as it is. */
export function preferencesToWire(change: PreferencesChange): UpdatePreferences {
  const { presenceVisibility, invisible, pushLevel, quietHours } = change;
  const { mentionsPass, urgentPasses } = change;
  return {
    presenceVisibility:
      presenceVisibility === undefined
        ? PresenceVisibility.UNSPECIFIED
        : PRESENCE_VISIBILITIES[presenceVisibility],
    invisible,
    pushLevel: pushLevelToWire(pushLevel ?? "asEverywhere"),
    quietHours: quietHours === "none" ? { from: "", to: "", zone: "" } : quietHours,
    mentionsPass,
    urgentPasses,
  };
}

export function pushLevelToWire(level: OwnPushLevel): PushLevel {
  return PUSH_LEVELS[level];
}

export function reasonToWire(reason: ReasonName): ReportReason {
  return REASONS[reason];
}

export function appStateToWire(state: AppState): WireAppState {
  return state === "foreground" ? WireAppState.FOREGROUND : WireAppState.BACKGROUND;
}

export function visibilityToWire(visibility: "joined" | "start"): HistoryVisibility {
  return visibility === "start" ? HistoryVisibility.START : HistoryVisibility.JOINED;
}

/** With the protocol's defaults for what is left out. */
export function settingsToWire(settings: FoundingSettings): FoundingFields {
  const { imageUrl = "", metadata, frozen = false, slowModeSeconds = 0 } = settings;
  return {
    ...{ imageUrl, frozen, slowModeSeconds },
    metadata: metadata && { entries: { ...metadata } },
    ...rolesToWire(settings),
  };
}

/** A rule that is left out is unspecified. */
export function rolesToWire(settings: Pick<GroupChange, RoleRule>): Pick<CreateOpen, RoleRule> {
  return {
    postRole: roleToWire(settings.postRole),
    addRole: roleToWire(settings.addRole),
    settingsRole: roleToWire(settings.settingsRole),
    pinRole: roleToWire(settings.pinRole),
    removeRole: roleToWire(settings.removeRole),
    deleteRole: roleToWire(settings.deleteRole),
  };
}

export function watchRulesToWire({
  access = "public",
  watchersPost = false,
}: Pick<OpenOptions, "access" | "watchersPost">): WatchRules {
  if (typeof access === "object") {
    return { access: WatchAccess.GRANT, grant: access.grant, watchersPost };
  }
  const wire = access === "list" ? WatchAccess.LIST : WatchAccess.PUBLIC;
  return { access: wire, grant: "", watchersPost };
}

export function sendMessageToWire(conversationId: string, message: Message): SendMessage {
  return {
    conversationId,
    clientMessageId: message.clientMessageId,
    content: contentToWire(message.content),
    mentions: mentionsToWire(message.mentions),
    countable: message.countable ? undefined : false,
    silent: message.silent,
    urgent: message.urgent,
    replyTo: message.replyTo,
    metadata: message.metadata,
  };
}

export function changeToWire(change: OutgoingChange): NonNullable<ClientFrame["frame"]> {
  const { conversationId, sequence } = change;
  const which = { conversationId, sequence };
  switch (change.kind) {
    case "edit": {
      const { editId, metadata } = change;
      const content = contentToWire(change.content);
      const mentions = mentionsToWire(change.mentions);
      return { $case: "editMessage", value: { ...which, editId, content, mentions, metadata } };
    }
    case "delete":
      return { $case: "deleteMessage", value: which };
    case "reaction":
      return {
        $case: "setReaction",
        value: { ...which, reaction: change.reaction, on: change.on },
      };
    case "pin":
      return { $case: "pinMessage", value: { ...which, pinned: change.pinned } };
  }
}

function mentionsToWire({ userIds, everyone }: Mentions): WireMentions | undefined {
  return everyone || userIds.length > 0 ? { userIds: [...userIds], everyone } : undefined;
}

function contentToWire(content: Content): WireContent {
  switch (content.type) {
    case "text":
      return { content: { $case: "text", value: { text: content.text } } };
    case "card":
      return {
        content: {
          $case: "card",
          value: { ...content, buttons: content.buttons.map(buttonToWire) },
        },
      };
    case "attachments":
      return {
        content: {
          $case: "attachments",
          value: { attachments: [...content.attachments], caption: content.caption },
        },
      };
    case "custom":
      return { content: { $case: "custom", value: { type: content.kind, json: content.json } } };
    case "encrypted":
      return {
        content: {
          $case: "encrypted",
          value: { scheme: content.scheme, ciphertext: new Uint8Array(content.ciphertext) },
        },
      };
    case "system":
    case "none":
      throw new Error(`content: ${content.type} (expected: what a client may send)`);
  }
}

function buttonToWire(button: Button): WireButton {
  const { id, label, url, value, once = false } = button;
  if (url !== undefined) {
    return { id, label, once, action: { $case: "url", value: url } };
  }
  const action = value === undefined ? undefined : ({ $case: "value", value } as const);
  return { id, label, once, action };
}
