// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import type { TernError } from "./errors.js";
import type { LiveConversation } from "./liveConversation.js";
import type { Outgoing } from "./outgoing.js";
import type { OutgoingChanges } from "./outgoingChanges.js";
import type { Typing } from "./typing.js";

/** @internal What a conversation needs of its client. */
export interface ConversationHost {
  readonly connection: Connection;
  readonly outgoing: Outgoing;
  readonly changes: OutgoingChanges;
  readonly typing: Typing;
  userId(): string;
  editWindowMs(): number;
  /** Whether the user has blocked somebody. */
  isBlocked(userId: string): boolean;
  changed(conversation: LiveConversation): void;
  readUpTo(conversationId: string, sequence: number): void;
  caughtUp(conversation: LiveConversation): void;
  problem(error: TernError): void;
}
