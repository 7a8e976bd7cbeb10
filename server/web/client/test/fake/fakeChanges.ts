// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ClientFrame, ServerFrame } from "../../src/gen/tern/v1/frame.js";
import type { Changes } from "../../src/gen/tern/v1/message.js";
import type { FakeConversation } from "./fakeConversation.js";

type Payload = NonNullable<ClientFrame["frame"]>;
type Request = Extract<
  Payload,
  {
    $case:
      "editMessage" | "deleteMessage" | "setReaction" | "pinMessage" | "listPinned" | "readEdits";
  }
>;

interface Outcome {
  readonly answer: NonNullable<ServerFrame["frame"]>;
  /** To be announced, where something changed. */
  readonly changes?: Changes | undefined;
}

/** Changes a message as the protocol says, or reads what changed. */
export function answerToChange(
  conversation: FakeConversation,
  userId: string,
  frame: Request,
): Outcome {
  switch (frame.$case) {
    case "listPinned":
      return { answer: pinned(conversation, userId) };
    case "readEdits": {
      const { conversationId, sequence } = frame.value;
      const value = { conversationId, sequence, edits: [], hasBefore: false };
      return { answer: { $case: "messageEdits", value } };
    }
    default: {
      const changes = change(conversation, userId, frame);
      return { answer: changed(conversation, userId, frame.value.sequence, changes), changes };
    }
  }
}

function change(
  conversation: FakeConversation,
  userId: string,
  frame: Exclude<Request, { $case: "listPinned" } | { $case: "readEdits" }>,
): Changes | undefined {
  const { sequence } = frame.value;
  switch (frame.$case) {
    case "editMessage": {
      const { content, mentions, metadata } = frame.value;
      return conversation.change(sequence, (message) => {
        Object.assign(message, { content, mentions, metadata, editedAtMs: Date.now() });
      });
    }
    case "deleteMessage":
      return conversation.change(sequence, (message) => {
        const deleted = { deletedAtMs: Date.now(), deletedById: userId, content: undefined };
        Object.assign(message, { ...deleted, reactions: [], pinnedAtMs: 0, replyTo: 0 });
      });
    case "setReaction":
      return conversation.react(userId, sequence, frame.value.reaction, frame.value.on);
    case "pinMessage": {
      const pinnedAtMs = frame.value.pinned ? Date.now() : 0;
      return conversation.change(sequence, (message) => {
        message.pinnedAtMs = pinnedAtMs;
      });
    }
  }
}

function changed(
  conversation: FakeConversation,
  userId: string,
  sequence: number,
  changes: Changes | undefined,
): Outcome["answer"] {
  const message = conversation.messages[sequence - 1];
  const value = {
    conversationId: conversation.conversationId,
    revision: changes?.through ?? 0,
    message: message && conversation.seenBy(userId, message),
  };
  return { $case: "messageChanged", value };
}

function pinned(conversation: FakeConversation, userId: string): Outcome["answer"] {
  const value = {
    conversationId: conversation.conversationId,
    messages: conversation.messages
      .filter(({ pinnedAtMs }) => pinnedAtMs > 0)
      .map((message) => conversation.seenBy(userId, message)),
    hasBefore: false,
    hasAfter: false,
    revision: conversation.revision,
    quotes: [],
  };
  return { $case: "historyPage", value };
}
