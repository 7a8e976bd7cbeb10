// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { inboxEntryFrom, detailsFrom, messageFrom } from "./fromWire.js";
import type { Changes } from "./gen/tern/v1/message.js";
import type { InboxEntry as WireInboxEntry, InboxPage, InboxUpdate } from "./gen/tern/v1/inbox.js";
import type { MarkedRead } from "./gen/tern/v1/receipt.js";
import type { InboxEntry, InboxState } from "./model.js";

/** @internal */
export interface InboxListener {
  changed(): void;
  /** Whether the user has read here what the server's entry may not know of. */
  hasJustRead(conversationId: string): boolean;
  /** An entry tells of less than was just read here: it is older, or marked as unread elsewhere. */
  doubted(): void;
}

/** The conversation list. Entries from the server are absolute; live steps only touch them up. */
export class Inbox {
  /** Whether all archived conversations are here. */
  knowsArchive = false;
  readonly #listener: InboxListener;
  readonly #entries = new Map<string, InboxEntry>();
  #state: InboxState | undefined;
  #badge = 0;
  #isLoaded = false;

  constructor(listener: InboxListener) {
    this.#listener = listener;
  }

  /** A new object after each change. */
  get state(): InboxState {
    this.#state ??= {
      entries: this.#at("main").sort(
        (a, b) => b.pinnedAtMs - a.pinnedAtMs || b.activeAtMs - a.activeAtMs,
      ),
      archived: this.#at("archived").sort((a, b) => b.activeAtMs - a.activeAtMs),
      badge: this.#badge,
      isLoaded: this.#isLoaded,
    };
    return this.#state;
  }

  /** All that is known, wherever it stands. */
  get all(): readonly InboxEntry[] {
    return [...this.#entries.values()];
  }

  entry(conversationId: string): InboxEntry | undefined {
    return this.#entries.get(conversationId);
  }

  /** Takes a page of the list, or of what changed; the last page of either has no next one. */
  applyPage(page: InboxPage): void {
    page.entries.forEach((entry) => {
      this.#put(entry);
    });
    this.#badge = page.badge;
    this.#isLoaded ||= page.nextPage === "";
    this.#touched();
  }

  /** Takes a page of the archive; its badge is the main list's, and known already. */
  applyArchive(page: InboxPage): void {
    page.entries.forEach((entry) => {
      this.#put(entry);
    });
    this.knowsArchive = page.nextPage === "";
    this.#touched();
  }

  /** An entry as an answer tells it; the badge follows, until the server tells it. */
  applyEntry(entry: WireInboxEntry): void {
    const conversationId = entry.conversation?.conversationId ?? "";
    const before = inBadge(this.#entries.get(conversationId));
    this.#put(entry);
    const after = inBadge(this.#entries.get(conversationId));
    this.#badge = Math.max(0, this.#badge + after - before);
    this.#touched();
  }

  applyUpdate(update: InboxUpdate): void {
    update.entries.forEach((entry) => {
      this.#put(entry);
    });
    this.#badge = update.badge;
    this.#touched();
  }

  /** Shows a live step at once; the server's own update follows within a second. */
  applyChanges(changes: Changes): void {
    const entry = this.#entries.get(changes.conversationId);
    if (entry === undefined || entry.revision >= changes.through) {
      return;
    }
    const newest = changes.messages.reduce<InboxEntry["lastMessage"]>(
      (last, wire) => (wire.sequence >= (last?.sequence ?? 0) ? messageFrom(wire) : last),
      entry.lastMessage,
    );
    this.#entries.set(changes.conversationId, {
      ...entry,
      ...(newest && { lastMessage: newest }),
      conversation: changes.conversation ? detailsFrom(changes.conversation) : entry.conversation,
      revision: changes.through,
      sequence: Math.max(entry.sequence, changes.sequence),
      activeAtMs: Math.max(entry.activeAtMs, newest?.createdAtMs ?? 0),
    });
    this.#touched();
  }

  /** A conversation that was just opened and may not be in the list yet. */
  add(entry: InboxEntry): void {
    if (!this.#entries.has(entry.conversation.conversationId)) {
      this.#entries.set(entry.conversation.conversationId, entry);
      this.#touched();
    }
  }

  /** The server has counted what is still unread. */
  markedRead({ conversationId, read, unread }: MarkedRead): void {
    const entry = this.#entries.get(conversationId);
    if (entry !== undefined && read >= entry.marker.read) {
      this.#setRead(entry, read, unread);
    }
  }

  /** Marked as unread: the one way in which the marker goes back. */
  markedUnread({ conversationId, read, unread }: MarkedRead): void {
    const entry = this.#entries.get(conversationId);
    if (entry !== undefined) {
      this.#setRead(entry, read, unread);
    }
  }

  mutedUntil(conversationId: string, mutedUntilMs: number): void {
    const entry = this.#entries.get(conversationId);
    if (entry !== undefined) {
      this.#entries.set(conversationId, { ...entry, mutedUntilMs });
      this.#touched();
    }
  }

  /** All that is known here was read: nothing is unread, before the server has said so. */
  readAll(conversationId: string, sequence: number): void {
    const entry = this.#entries.get(conversationId);
    if (entry !== undefined && sequence >= entry.sequence && sequence > entry.marker.read) {
      this.#setRead(entry, sequence, 0);
    }
  }

  remove(conversationId: string): void {
    const entry = this.#entries.get(conversationId);
    if (entry !== undefined) {
      this.#entries.delete(conversationId);
      this.#badge = Math.max(0, this.#badge - inBadge(entry));
      this.#touched();
    }
  }

  /** Takes what was stored in an earlier life of this client. */
  restore(entries: readonly InboxEntry[], badge: number): void {
    for (const entry of entries) {
      this.#entries.set(entry.conversation.conversationId, entry);
    }
    this.#badge = badge;
    this.#isLoaded = true;
    this.#touched();
  }

  forget(): void {
    this.#entries.clear();
    this.knowsArchive = false;
    this.#badge = 0;
    this.#isLoaded = false;
    this.#touched();
  }

  #put(wire: WireInboxEntry): void {
    const conversationId = wire.conversation?.conversationId ?? "";
    const entry = inboxEntryFrom(wire);
    const mine = this.#entries.get(conversationId);
    if (entry === undefined) {
      this.#entries.delete(conversationId);
    } else {
      this.#entries.set(
        conversationId,
        mine === undefined ? entry : newer(mine, entry, this.#isDoubtful(mine, entry)),
      );
    }
  }

  #isDoubtful(mine: InboxEntry, entry: InboxEntry): boolean {
    const { conversationId } = mine.conversation;
    const tellsLess = mine.marker.read > entry.marker.read;
    const isDoubtful = tellsLess && this.#listener.hasJustRead(conversationId);
    if (isDoubtful) {
      this.#listener.doubted();
    }
    return isDoubtful;
  }

  #at(place: InboxEntry["place"]): InboxEntry[] {
    return this.all.filter((entry) => entry.place === place);
  }

  #setRead(entry: InboxEntry, read: number, unread: number): void {
    this.#badge = Math.max(0, this.#badge + inBadge({ ...entry, unread }) - inBadge(entry));
    this.#entries.set(entry.conversation.conversationId, {
      ...entry,
      unread,
      marker: { ...entry.marker, read, delivered: Math.max(read, entry.marker.delivered) },
    });
    this.#touched();
  }

  #touched(): void {
    this.#state = undefined;
    this.#listener.changed();
  }
}

/** What an entry adds to the badge: archived and hidden ones nothing. */
function inBadge(entry: InboxEntry | undefined): number {
  return entry?.place === "main" ? entry.unread : 0;
}

/** The server's entry, save where a live step or a reading that is known here came after it. */
function newer(mine: InboxEntry, entry: InboxEntry, isDoubtful: boolean): InboxEntry {
  const live = mine.revision > entry.revision ? withLiveOf(mine, entry) : entry;
  return isDoubtful ? { ...live, marker: mine.marker, unread: mine.unread } : live;
}

/** What the conversation's steps change; the rest is the user's own, and the server knows best. */
function withLiveOf(mine: InboxEntry, entry: InboxEntry): InboxEntry {
  const { conversation, lastMessage, revision, sequence, activeAtMs } = mine;
  const isSeen = (lastMessage?.sequence ?? 0) >= entry.visibleFrom;
  return {
    ...entry,
    ...{ conversation, revision, sequence, activeAtMs },
    ...(isSeen && lastMessage && { lastMessage }),
  };
}
