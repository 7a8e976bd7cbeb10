// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type {
  CatchUpPage,
  Changes,
  HistoryPage,
  Message as WireMessage,
} from "./gen/tern/v1/message.js";
import { Excerpts } from "./excerpts.js";
import { detailsFrom, memberFrom, messageFrom } from "./fromWire.js";
import type { ConversationDetails, Marker, Member, Message, Position } from "./model.js";
import { keepingOwnReactions, withReaction } from "./reactions.js";
import type { StoredConversation } from "./storage.js";

const MOST_STORED_MESSAGES = 100;

/** What became of a live step. `missed`: something before it is not known, ask CatchUp. */
export type Applied = "ignored" | "applied" | "missed";

/** Who the changes were written for: an envelope goes to all members alike. */
type Addressee = "all" | "me";

/**
 * What a client knows of one conversation: an unbroken run of messages up to its position. Grows
 * at the end by changes and at the start by history; holds nothing of its own invention. Beside the
 * run stand single messages of before it, as far as they are needed.
 */
export class Timeline {
  position: Position | undefined;
  details: ConversationDetails | undefined;
  hasBefore = false;
  readonly members = new Map<string, Member>();
  readonly markers = new Map<string, Marker>();
  readonly excerpts = new Excerpts();
  #visibleFrom = 0;
  readonly #messages: Message[] = [];
  readonly #userId: () => string;

  constructor(userId: () => string) {
    this.#userId = userId;
  }

  /** Ascending by sequence, without gaps. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** All pinned ones that are known, the one pinned last first. */
  get pinned(): readonly Message[] {
    return [...this.#messages, ...this.excerpts.all]
      .filter(({ pinnedAtMs, deletedAtMs }) => pinnedAtMs > 0 && deletedAtMs === 0)
      .sort((a, b) => b.pinnedAtMs - a.pinnedAtMs || b.sequence - a.sequence);
  }

  /** The sequence of the first message of the run. */
  get first(): number {
    return this.#messages[0]?.sequence ?? Infinity;
  }

  /** A message of the run, or of before it where it is known. */
  find(sequence: number): Message | undefined {
    const found = this.#messages[this.#indexOf(sequence)];
    return found?.sequence === sequence ? found : this.excerpts.find(sequence);
  }

  /** Applies one live step. */
  apply(changes: Changes): Applied {
    return this.#apply(changes, "all");
  }

  /** Takes a message as an answer tells it; the position does not move. */
  confirm(message: Message): void {
    if (message.sequence <= (this.position?.sequence ?? 0)) {
      this.#take(message);
    }
  }

  #apply(changes: Changes, addressee: Addressee): Applied {
    const mine = this.position;
    if (mine === undefined || mine.revision < changes.after) {
      return "missed";
    }
    if (mine.revision >= changes.through) {
      return "ignored";
    }
    this.#takeChanges(changes, addressee);
    this.position = {
      epoch: mine.epoch,
      revision: changes.through,
      sequence: Math.max(mine.sequence, changes.sequence),
    };
    return "applied";
  }

  /** Applies one page of the answer to CatchUp. */
  applyPage(page: CatchUpPage): Applied {
    const { changes, reset, epoch } = page;
    if (changes === undefined) {
      return "ignored";
    }
    if (reset !== undefined) {
      this.forget();
      this.hasBefore = page.hasBefore;
      this.#takeChanges(changes, "me");
      this.position = { epoch, revision: changes.through, sequence: changes.sequence };
    } else {
      const applied = this.#applyStep(changes, epoch);
      if (applied === "missed") {
        return applied;
      }
    }
    this.applyMarkers(page.markers);
    return "applied";
  }

  /** Adds older messages; false if an edit may be missing in them, so that they are asked again. */
  addHistory(page: HistoryPage): boolean {
    if (this.position !== undefined && page.revision < this.position.revision) {
      return false;
    }
    for (const message of page.messages) {
      this.#put(messageFrom(message));
    }
    this.excerpts.dropFrom(this.first);
    this.hasBefore = page.hasBefore;
    return true;
  }

  /** Takes single messages of before the run; false as with `addHistory`. */
  addExcerpts(page: HistoryPage, isWanted: (message: Message) => boolean): boolean {
    if (this.position !== undefined && page.revision < this.position.revision) {
      return false;
    }
    for (const message of page.messages.map(messageFrom).filter(isWanted)) {
      if (message.sequence < this.first) {
        this.excerpts.put(message);
      }
    }
    return true;
  }

  /** Markers only grow, so an older one changes nothing. */
  applyMarkers(markers: readonly Marker[]): boolean {
    let hasMoved = false;
    for (const marker of markers) {
      const mine = this.markers.get(marker.userId);
      const read = Math.max(mine?.read ?? 0, marker.read);
      const delivered = Math.max(mine?.delivered ?? 0, marker.delivered, read);
      if (mine === undefined || read > mine.read || delivered > mine.delivered) {
        this.markers.set(marker.userId, { userId: marker.userId, delivered, read });
        hasMoved = true;
      }
    }
    return hasMoved;
  }

  /** Takes the user's own marker as the server tells it; it alone may go back. */
  setOwnRead(read: number): boolean {
    const userId = this.#userId();
    const mine = this.markers.get(userId);
    if (mine?.read === read) {
      return false;
    }
    this.markers.set(userId, { userId, delivered: Math.max(mine?.delivered ?? 0, read), read });
    return true;
  }

  /** The user sees nothing of before this any more: it is forgotten. */
  seeFrom(sequence: number): boolean {
    const isNews = sequence > this.#visibleFrom && this.first < sequence;
    this.#visibleFrom = Math.max(this.#visibleFrom, sequence);
    if (isNews) {
      this.#messages.splice(0, this.#indexOf(sequence));
      this.excerpts.forget();
      this.hasBefore = false;
    }
    return isNews;
  }

  /** Lets go of all but the newest messages, and of what none of those quotes. */
  keepNewest(most: number): void {
    const surplus = this.#messages.length - most;
    if (surplus <= 0) {
      return;
    }
    const dropped = this.#messages.splice(0, surplus);
    const quoted = new Set(this.#messages.map(({ replyTo }) => replyTo));
    this.excerpts.keepOnly(quoted);
    for (const message of dropped.filter(({ sequence }) => quoted.has(sequence))) {
      this.excerpts.put(message);
    }
    this.hasBefore = true;
  }

  setMembers(members: readonly Member[]): void {
    for (const member of members) {
      const mine = this.members.get(member.userId);
      if (mine !== undefined && mine.revision > member.revision) {
        continue;
      }
      if (member.removed) {
        this.members.delete(member.userId);
      } else {
        this.members.set(member.userId, member);
      }
    }
  }

  /** The newest part of all this, and the pinned and quoted messages of before it. */
  stored(conversationId: string): StoredConversation {
    const newest = this.#messages.slice(-MOST_STORED_MESSAGES);
    const older = this.#messages.slice(0, -MOST_STORED_MESSAGES);
    const quoted = new Set(newest.map(({ replyTo }) => replyTo));
    return {
      conversationId,
      position: this.position,
      details: this.details,
      hasBefore: this.hasBefore || older.length > 0,
      members: [...this.members.values()],
      markers: [...this.markers.values()],
      messages: newest,
      excerpts: [...this.excerpts.all, ...older].filter(
        ({ pinnedAtMs, sequence }) => pinnedAtMs > 0 || quoted.has(sequence),
      ),
      knowsPinned: this.excerpts.knowsPinned,
    };
  }

  /** Takes what was stored in an earlier life of this client. */
  restore(stored: StoredConversation): void {
    this.position = stored.position;
    this.details = stored.details;
    this.hasBefore = stored.hasBefore;
    this.#messages.push(...stored.messages);
    for (const message of stored.excerpts) {
      this.excerpts.put(message);
    }
    this.excerpts.knowsPinned = stored.knowsPinned;
    this.setMembers(stored.members);
    this.applyMarkers(stored.markers);
  }

  forget(): void {
    this.position = undefined;
    this.hasBefore = false;
    this.members.clear();
    this.markers.clear();
    this.#messages.length = 0;
    this.excerpts.forget();
  }

  #applyStep(changes: Changes, epoch: string): Applied {
    if (changes.after === changes.through && this.position?.revision === changes.through) {
      this.position = { ...this.position, epoch };
      return "applied";
    }
    const applied = this.#apply(changes, "me");
    if (applied === "applied" && this.position !== undefined) {
      this.position = { ...this.position, epoch };
    }
    return applied;
  }

  #takeChanges(changes: Changes, addressee: Addressee): void {
    if (changes.conversation !== undefined) {
      this.details = detailsFrom(changes.conversation);
    }
    this.setMembers(changes.members.map(memberFrom));
    for (const wire of changes.messages) {
      this.#take(this.#read(wire, addressee));
    }
    for (const { sequence, ...step } of changes.reactions) {
      const known = this.find(sequence);
      if (known !== undefined && known.revision < changes.through) {
        const revision = changes.through;
        this.#take({ ...withReaction(known, step, this.#userId()), revision });
      }
    }
    // Sending implies having read what came before; a later edit implies nothing.
    const known = this.position?.sequence ?? 0;
    this.applyMarkers(
      changes.messages
        .filter(({ sequence }) => sequence > known)
        .filter(({ content }) => content !== undefined && content.content?.$case !== "system")
        .map(({ senderId, sequence }) => ({
          userId: senderId,
          delivered: sequence,
          read: sequence,
        })),
    );
  }

  #read(wire: WireMessage, addressee: Addressee): Message {
    const message = messageFrom(wire);
    return addressee === "me" ? message : keepingOwnReactions(this.find(wire.sequence), message);
  }

  #take(message: Message): void {
    const { sequence } = message;
    if (sequence > (this.position?.sequence ?? 0) || sequence >= this.first) {
      this.#put(message);
    } else if (message.pinnedAtMs > 0 || this.excerpts.find(sequence) !== undefined) {
      // In the run it would leave a hole beside it.
      this.excerpts.put(message);
    }
  }

  #put(message: Message): void {
    if (message.sequence < this.#visibleFrom) {
      return;
    }
    const at = this.#indexOf(message.sequence);
    const known = this.#messages[at];
    if (known?.sequence !== message.sequence) {
      this.#messages.splice(at, 0, message);
    } else if (known.revision <= message.revision) {
      this.#messages[at] = message;
    }
  }

  /** Where a sequence stands or belongs. */
  #indexOf(sequence: number): number {
    let low = 0;
    let high = this.#messages.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#messages[middle]?.sequence ?? Infinity) < sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
