// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { FoundingSettings } from "./groupModel.js";
import type { ConversationDetails, Member, TimelineMessage } from "./model.js";

/** Who may watch: everybody who knows the id, who stands on the list, or whose token grants it. */
export type WatchBy = "public" | "list" | { readonly grant: string };

/** What stands beside the name when an OPEN conversation is created. */
export interface OpenOptions extends FoundingSettings {
  /** Set for good; `public` unless set. A grant is a name in the claim `watch` of tokens. */
  readonly access?: WatchBy;
  /** Whether those who watch may also post; only members do unless set. */
  readonly watchersPost?: boolean;
  /** Others who are members from the start. */
  readonly userIds?: readonly string[];
  /** The user's own unique name for it; a second one with the same key is not created. */
  readonly key?: string;
}

/** How a room is kept here. */
export interface RoomOptions {
  /** How many of the newest messages stay in memory, 50 to 2,000; 200 unless set. */
  readonly keep?: number;
}

/**
 * Why a room is not watched any more. `sentAway`: it was, and the server ended it, for the user is
 * banned, off the list or without the grant, or the room is gone. `refused`: it may not be watched
 * at all, and `code` says why, such as NOT_FOUND, or LIMIT_REACHED where one watches too many.
 */
export interface WatchEnd {
  readonly because: "sentAway" | "refused";
  /** A name of the protocol's error table; NOT_FOUND for `sentAway`. */
  readonly code: string;
}

/** Messages that were passed over, as sequences: after the first number, through the second. */
export interface Skipped {
  readonly after: number;
  readonly through: number;
}

/** A room as it stands now; a new object after each change. */
export interface OpenRoomState {
  readonly conversationId: string;
  readonly details?: ConversationDetails;
  /** Those who run it or speak in it; never those who watch. */
  readonly members: readonly Member[];
  /** Ascending; one's own that are not accepted yet stand at the end. */
  readonly messages: readonly TimelineMessage[];
  /** How many watch, roughly; 0 while that is not known. */
  readonly watchers: number;
  /** Whether earlier messages can be loaded. */
  readonly hasBefore: boolean;
  /** False until the newest page has come. */
  readonly isLoaded: boolean;
  /** True while it is not known whether something was missed. */
  readonly isBehind: boolean;
  /** Whether watching has ended, as `end` says, though somebody here wants to. */
  readonly isGone: boolean;
  readonly end?: WatchEnd;
  /**
   * Set where too much had happened to be told after a lost connection, or to a slow reader: what
   * was here gave way to the newest messages. `loadOlder` reads what lies between.
   */
  readonly skipped?: Skipped;
}

/** A page of those who may watch, by user id. */
export interface WatchListPage {
  readonly userIds: readonly string[];
  /** Whether more follow: ask again after the last one. */
  readonly hasAfter: boolean;
}
