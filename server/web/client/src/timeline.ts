// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { CatchUpPage, HistoryPage } from "./gen/tern/v1/catch_up.js";
import type { Changes, Message as WireMessage } from "./gen/tern/v1/message.js";
import { Excerpts } from "./excerpts.js";
import { detailsFrom, memberFrom, messageFrom } from "./fromWire.js";
import type { ConversationDetails, Marker, Member, Message, Position } from "./model.js";
import { keepingOwnReactions, withReaction } from "./reactions.js";
import { Run } from "./run.js";
import type { StoredConversation } from "./storage.js";

const MOST_STORED_MESSAGES = 100;

/** What became of a live step. `missed`: something before it is not known, ask CatchUp. */
export type Applied = "ignored" | "applied" | "missed";

/** Who the changes were written for: an envelope goes to all members alike. */
type Addressee = "all" | "me";

/**
 * What a client knows of one conversation: an unbroken run of messages up to its position. Grows
 * at the end by changes and at the start by history; holds nothing of its own invention. Beside the
 * run stand single messages of before it, as far as they are needed, and at most one passage: a
 * run around a message far above, shown in the place of the newest one until the two meet.
 */
export class Timeline {
  position: Position | undefined;
  details: ConversationDetails | undefined;
  readonly members = new Map<string, Member>();
  readonly markers = new Map<string, Marker>();
  readonly excerpts = new Excerpts();
  #visibleFrom = 0;
  readonly #newest = new Run();
  #passage: Run | undefined;
  readonly #userId: () => string;

  constructor(userId: () => string) {
    this.#userId = userId;
  }

  /** Ascending by sequence, without gaps. */
  get messages(): readonly Message[] {
    return this.#newest.messages;
  }

  /** What is to be seen: the passage where there is one, or else the newest run. */
  get shown(): Run {
    return this.#passage ?? this.#newest;
  }

  /** Whether messages are missing between what is shown and the newest. */
  get hasAfter(): boolean {
    return this.#passage !== undefined;
  }

  /** All pinned ones that are known, the one pinned last first. */
  get pinned(): readonly Message[] {
    const known = [...(this.#passage?.messages ?? []), ...this.messages, ...this.excerpts.all];
    return [...new Map(known.map((message) => [message.sequence, message])).values()]
      .filter(({ pinnedAtMs, deletedAtMs }) => pinnedAtMs > 0 && deletedAtMs === 0)
      .sort((a, b) => b.pinnedAtMs - a.pinnedAtMs || b.sequence - a.sequence);
  }

  /** The sequence of the first message of the run. */
  get first(): number {
    return this.#newest.first;
  }

  /** A message of the run, or of before it where it is known. */
  find(sequence: number): Message | undefined {
    return (
      this.#newest.find(sequence) ?? this.#passage?.find(sequence) ?? this.excerpts.find(sequence)
    );
  }

  /** Shows the newest run, if a message is in it, or else the passage that has it. */
  showWhereIs(sequence: number): boolean {
    if (this.#newest.find(sequence) !== undefined) {
      this.#passage = undefined;
      return true;
    }
    return this.#passage?.find(sequence) !== undefined;
  }

  /** Leaves the passage; a message of it that is answered stays known. */
  showNewest(answered = 0): void {
    const message = this.#passage?.find(answered);
    if (message !== undefined) {
      this.excerpts.put(message);
    }
    this.#passage = undefined;
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
      this.#newest.hasBefore = page.hasBefore;
      this.#takeChanges(changes, "me");
      this.position = { epoch, revision: changes.through, sequence: changes.sequence };
    } else {
      const applied = this.#applyStep(changes, epoch);
      if (applied === "missed") {
        return applied;
      }
    }
    this.excerpts.putQuotes(page.quotes, this.first);
    this.applyMarkers(page.markers);
    return "applied";
  }

  /**
   * Adds the messages before a run or after the passage; false if an edit may be missing in them,
   * or if they do not join it, so that they are asked again.
   */
  addHistory(run: Run, page: HistoryPage, side: "before" | "after"): boolean {
    const messages = page.messages.map(messageFrom).filter((one) => this.#maySee(one));
    const neighbour = side === "before" ? messages.at(-1) : messages[0];
    const place = side === "before" ? run.first - 1 : run.last + 1;
    const joins = run.messages.length === 0 || (neighbour?.sequence ?? place) === place;
    if (this.#isStale(page) || !joins) {
      return false;
    }
    for (const message of messages) {
      run.put(message);
    }
    if (side === "before") {
      run.hasBefore = page.hasBefore;
    }
    if (run === this.#newest) {
      this.excerpts.dropFrom(this.first);
    } else {
      this.#join(run);
    }
    this.excerpts.putQuotes(page.quotes, this.first);
    return true;
  }

  /** Takes a page as the passage to be shown, or to the newest run where it meets it. */
  showPage(page: HistoryPage): boolean {
    if (this.#isStale(page)) {
      return false;
    }
    const passage = new Run();
    for (const message of page.messages.map(messageFrom).filter((one) => this.#maySee(one))) {
      passage.put(message);
    }
    passage.hasBefore = page.hasBefore;
    this.#passage = this.#join(passage) ? undefined : passage;
    this.excerpts.putQuotes(page.quotes, this.first);
    return true;
  }

  /** Takes single messages of before the run; false as with `addHistory`. */
  addExcerpts(page: HistoryPage, isWanted: (message: Message) => boolean): boolean {
    if (this.#isStale(page)) {
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
      this.#newest.dropBefore(sequence);
      this.#passage = undefined;
      this.excerpts.forget();
    }
    return isNews;
  }

  /** Lets go of all but the newest messages, and of what none of those quotes. */
  keepNewest(most: number): void {
    const dropped = this.#newest.keepNewest(most);
    if (dropped.length > 0) {
      const quoted = new Set(this.messages.map(({ replyTo }) => replyTo));
      this.excerpts.keepOnly(quoted);
      for (const message of dropped.filter(({ sequence }) => quoted.has(sequence))) {
        this.excerpts.put(message);
      }
    }
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
    const newest = this.messages.slice(-MOST_STORED_MESSAGES);
    const older = this.messages.slice(0, -MOST_STORED_MESSAGES);
    const quoted = new Set(newest.map(({ replyTo }) => replyTo));
    return {
      conversationId,
      position: this.position,
      details: this.details,
      hasBefore: this.#newest.hasBefore || older.length > 0,
      members: [...this.members.values()],
      markers: [...this.markers.values()],
      messages: newest,
      ...this.excerpts.stored(older, quoted),
    };
  }

  /** Takes what was stored in an earlier life of this client. */
  restore(stored: StoredConversation): void {
    this.position = stored.position;
    this.details = stored.details;
    this.#newest.hasBefore = stored.hasBefore;
    for (const message of stored.messages) {
      this.#newest.put(message);
    }
    this.excerpts.restore(stored);
    this.setMembers(stored.members);
    this.applyMarkers(stored.markers);
  }

  forget(): void {
    this.position = undefined;
    this.members.clear();
    this.markers.clear();
    this.#newest.forget();
    this.#passage = undefined;
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
    if (this.#passage?.find(sequence) !== undefined) {
      this.#passage.put(message);
    }
    if (sequence > (this.position?.sequence ?? 0) || sequence >= this.first) {
      this.#put(message);
    } else if (message.pinnedAtMs > 0 || this.excerpts.quoted(sequence) !== undefined) {
      // In the run it would leave a hole beside it.
      this.excerpts.put(message);
    }
  }

  #put(message: Message): void {
    if (this.#maySee(message)) {
      this.#newest.put(message);
    }
  }

  #maySee({ sequence }: Message): boolean {
    return sequence >= this.#visibleFrom;
  }

  /** Whether an edit that is known here may be missing in a page. */
  #isStale({ revision }: HistoryPage): boolean {
    return this.position !== undefined && revision < this.position.revision;
  }

  /** What lies apart from the newest run no longer does once the two meet. */
  #join(passage: Run): boolean {
    if (passage.last < this.first - 1) {
      return false;
    }
    for (const message of passage.messages) {
      this.#put(message);
    }
    this.#newest.hasBefore = passage.hasBefore;
    this.excerpts.dropFrom(this.first);
    if (this.#passage === passage) {
      this.#passage = undefined;
    }
    return true;
  }
}
