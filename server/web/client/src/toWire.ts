// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { HistoryVisibility } from "./gen/tern/v1/conversation.js";
import { AppState as WireAppState } from "./gen/tern/v1/hello.js";
import type {
  Button as WireButton,
  Content as WireContent,
  SendMessage,
} from "./gen/tern/v1/message.js";
import type { AppState } from "./appState.js";
import type { Button, Content, Message } from "./model.js";

export function appStateToWire(state: AppState): WireAppState {
  return state === "foreground" ? WireAppState.FOREGROUND : WireAppState.BACKGROUND;
}

export function visibilityToWire(visibility: "joined" | "start"): HistoryVisibility {
  return visibility === "start" ? HistoryVisibility.START : HistoryVisibility.JOINED;
}

export function sendMessageToWire(conversationId: string, message: Message): SendMessage {
  const { mentions } = message;
  const mentionsAny = mentions.everyone || mentions.userIds.length > 0;
  return {
    conversationId,
    clientMessageId: message.clientMessageId,
    content: contentToWire(message.content),
    mentions: mentionsAny ? { ...mentions, userIds: [...mentions.userIds] } : undefined,
    countable: message.countable ? undefined : false,
    silent: message.silent,
    urgent: message.urgent,
    replyTo: message.replyTo,
    metadata: message.metadata,
  };
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
  const { id, label, url, value } = button;
  if (url !== undefined) {
    return { id, label, action: { $case: "url", value: url } };
  }
  return { id, label, action: value === undefined ? undefined : { $case: "value", value } };
}
