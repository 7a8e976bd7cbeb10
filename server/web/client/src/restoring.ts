// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { OutgoingMessage } from "./model.js";
import { newMessage } from "./newMessage.js";
import { type StoredState, type StoredUnsent, VERSION } from "./storage.js";

/**
 * What an earlier life of the client has left: all of it where this version wrote it, or else what
 * was not sent yet, for the server has the rest; undefined where there is neither.
 */
export type Restored =
  | { readonly kind: "all"; readonly state: StoredState }
  | { readonly kind: "unsent"; readonly state: StoredUnsent }
  | undefined;

/** Reads what a storage holds, whichever version of the client has put it there. */
export function restored(stored: unknown): Restored {
  if (typeof stored !== "object" || stored === null) {
    return undefined;
  }
  const { version, userId, ...others } = stored as Partial<StoredState>;
  if (version === VERSION) {
    return { kind: "all", state: stored as StoredState };
  }
  if (typeof userId !== "string") {
    return undefined;
  }
  const state = {
    userId,
    outgoing: listOf(others.outgoing).filter(isMessage).map(complete),
    changes: listOf(others.changes).filter(({ kind, sequence }) => isText(kind) && sequence > 0),
    refusedEdits: listOf(others.refusedEdits).filter(({ sequence }) => sequence > 0),
    unconfirmedReads: listOf(others.unconfirmedReads),
    drafts: listOf(others.drafts).filter(({ text }) => isText(text)),
  };
  return { kind: "unsent", state };
}

function listOf<Entry>(entries: readonly Entry[] | undefined): readonly Entry[] {
  return Array.isArray(entries) ? (entries as readonly Entry[]) : [];
}

function isMessage(outgoing: Partial<OutgoingMessage>): boolean {
  const { conversationId, message } = outgoing;
  return isText(conversationId) && isText(message?.clientMessageId) && isText(message.content.type);
}

/** Version 1 knew fewer parts of a message. */
function complete(outgoing: OutgoingMessage): OutgoingMessage {
  const { message } = outgoing;
  const content = message.content as Parameters<typeof newMessage>[1];
  return { ...outgoing, message: { ...newMessage(message.senderId, content, {}), ...message } };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
