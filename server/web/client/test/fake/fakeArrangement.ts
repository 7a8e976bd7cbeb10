// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ClientFrame, ServerFrame } from "../../src/gen/tern/v1/frame.js";
import { type InboxEntry, InboxPlace } from "../../src/gen/tern/v1/inbox.js";
import type { FakeConversation } from "./fakeConversation.js";

type Payload = NonNullable<ClientFrame["frame"]>;
type Arrange = Extract<
  Payload,
  {
    $case:
      | "archiveConversation"
      | "hideConversation"
      | "pinConversation"
      | "saveDraft"
      | "setPushLevel"
      | "muteConversation"
      | "markUnread";
  }
>;

/** What of an entry is a user's own. */
export type Arrangement = Pick<
  InboxEntry,
  "place" | "pinnedAtMs" | "draft" | "visibleFrom" | "mutedUntilMs" | "peerBlocked" | "pushLevel"
>;

export function plainArrangement(): Arrangement {
  return {
    place: InboxPlace.MAIN,
    pinnedAtMs: 0,
    draft: undefined,
    visibleFrom: 1,
    mutedUntilMs: 0,
    peerBlocked: false,
    pushLevel: 0,
  };
}

/** Whether a frame arranges a user's own list. */
export function isArrange(frame: Payload): frame is Arrange {
  return /^(archive|hide|pin|mute)Conversation$|^saveDraft$|^setPushLevel$|^markUnread$/.test(
    frame.$case,
  );
}

/** Arranges a user's own list as the protocol says. */
export function answerToArrange(
  conversation: FakeConversation,
  userId: string,
  frame: Arrange,
): NonNullable<ServerFrame["frame"]> {
  const { conversationId } = conversation;
  const own = conversation.arrangementOf(userId);
  switch (frame.$case) {
    case "muteConversation":
      own.mutedUntilMs = frame.value.mutedUntilMs;
      return { $case: "conversationMuted", value: frame.value };
    case "markUnread": {
      const read = conversation.markUnread(userId, frame.value.sequence);
      const unread = conversation.unread(userId);
      return { $case: "markedRead", value: { conversationId, read, unread } };
    }
    case "archiveConversation":
      own.place = frame.value.archived ? InboxPlace.ARCHIVED : InboxPlace.MAIN;
      break;
    case "hideConversation":
      own.place = InboxPlace.HIDDEN;
      if (frame.value.clearHistory) {
        own.visibleFrom = conversation.messages.length + 1;
        conversation.markRead(userId, conversation.messages.length);
      }
      break;
    case "pinConversation":
      own.pinnedAtMs = frame.value.pinned ? Date.now() : 0;
      break;
    case "setPushLevel":
      own.pushLevel = frame.value.level;
      break;
    case "saveDraft": {
      const { text, replyTo } = frame.value;
      own.draft = text === "" ? undefined : { text, replyTo, savedAtMs: Date.now() };
    }
  }
  return { $case: "inboxEntryChanged", value: { entry: conversation.entry(userId) } };
}
