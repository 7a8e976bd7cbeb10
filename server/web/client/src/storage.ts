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
} from "./model.js";

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
  /** Whether no pinned message is missing. */
  readonly knowsPinned: boolean;
}

/** All that a client keeps between two lives; plain, save the bytes of encrypted content. */
export interface StoredState {
  readonly version: 3;
  readonly userId: string;
  readonly inboxCursor: string;
  /** As the server told it last: how long a message may be edited. */
  readonly editWindowMs: number;
  readonly badge: number;
  readonly entries: readonly InboxEntry[];
  readonly conversations: readonly StoredConversation[];
  readonly outgoing: readonly OutgoingMessage[];
  readonly changes: readonly OutgoingChange[];
  readonly unconfirmedReads: readonly (readonly [string, number])[];
  /** Whether the entries hold all archived conversations. */
  readonly knowsArchive: boolean;
  readonly drafts: readonly UnsavedDraft[];
}

/** Keeps a client's state. A failure to keep it loses nothing that the server has accepted. */
export interface StateStorage {
  load(): Promise<StoredState | undefined>;
  save(state: StoredState): Promise<void>;
}

/** Keeps nothing beyond the life of the client object. */
export function inMemoryStorage(): StateStorage {
  let kept: StoredState | undefined;
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

function parse(text: string | null): StoredState | undefined {
  try {
    const state = JSON.parse(text ?? "null", bytesFromJson) as StoredState | null;
    return state?.version === 3 ? state : undefined;
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
