// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { UnsavedDraft } from "./drafts.js";
import type {
  ConversationDetails,
  InboxEntry,
  Marker,
  Member,
  Message,
  OutgoingChange,
  OutgoingMessage,
  Position,
  QuotedMessage,
  RefusedEdit,
} from "./model.js";
import type { Profile } from "./peopleModel.js";

/** Grows whenever a state of before means something else. */
export const VERSION = 5;

/** What a client keeps of one conversation. */
export interface StoredConversation {
  readonly conversationId: string;
  readonly position: Position | undefined;
  readonly details: ConversationDetails | undefined;
  readonly hasBefore: boolean;
  readonly members: readonly Member[];
  readonly markers: readonly Marker[];
  readonly messages: readonly Message[];
  /** Pinned and quoted messages from before those. */
  readonly excerpts: readonly Message[];
  /** How those quoted messages begin that are not here; states of earlier versions have none. */
  readonly quotes?: readonly QuotedMessage[];
  /** Whether no pinned message is missing. */
  readonly knowsPinned: boolean;
}

/** What the server has not confirmed, and nobody else knows. */
export interface StoredUnsent {
  readonly userId: string;
  readonly outgoing: readonly OutgoingMessage[];
  readonly changes: readonly OutgoingChange[];
  readonly refusedEdits: readonly RefusedEdit[];
  readonly unconfirmedReads: readonly (readonly [string, number])[];
  readonly drafts: readonly UnsavedDraft[];
}

/** All that a client keeps between two lives; plain, save the bytes of encrypted content. */
export interface StoredState extends StoredUnsent {
  readonly version: typeof VERSION;
  readonly inboxCursor: string;
  /** As the server told it last: how long a message may be edited. */
  readonly editWindowMs: number;
  readonly badge: number;
  readonly entries: readonly InboxEntry[];
  readonly conversations: readonly StoredConversation[];
  /** Whether the entries hold all archived conversations. */
  readonly knowsArchive: boolean;
  /** Of those who were shown last, 500 at most. */
  readonly profiles: readonly Profile[];
}

/** Keeps a client's state. A failure to keep it loses nothing that the server has accepted. */
export interface StateStorage {
  /** What was saved last, also by another version of the client. */
  load(): Promise<unknown>;
  save(state: StoredState): Promise<void>;
}

/** Keeps nothing beyond the life of the client object. */
export function inMemoryStorage(): StateStorage {
  let kept: unknown;
  return {
    load: () => Promise.resolve(kept),
    save: (state) => {
      kept = state;
      return Promise.resolve();
    },
  };
}

const BYTES = "\u0000bytes";

/** Keeps the state as JSON under one key of `sessionStorage` or `localStorage`. */
export function webStorage(
  key: string,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
): StateStorage {
  return {
    load: () => Promise.resolve(parse(storage.getItem(key))),
    save: (state) => {
      try {
        storage.setItem(key, JSON.stringify(state, bytesToJson));
      } catch {
        // Full: better nothing than half of it.
        storage.removeItem(key);
      }
      return Promise.resolve();
    },
  };
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null", bytesFromJson);
  } catch {
    return undefined;
  }
}

function bytesToJson(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { [BYTES]: Array.from(value) } : value;
}

function bytesFromJson(_key: string, value: unknown): unknown {
  const bytes = (value as Record<string, number[]> | null)?.[BYTES];
  return Array.isArray(bytes) ? Uint8Array.from(bytes) : value;
}
