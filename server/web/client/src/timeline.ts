// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { CatchUpPage, Changes, HistoryPage } from "./gen/tern/v1/message.js";
import { detailsFrom, memberFrom, messageFrom } from "./fromWire.js";
import type { ConversationDetails, Marker, Member, Message, Position } from "./model.js";

/** What became of a live step. `missed`: something before it is not known, ask CatchUp. */
export type Applied = "ignored" | "applied" | "missed";

/**
 * What a client knows of one conversation: an unbroken run of messages up to its position. Grows
 * at the end by changes and at the start by history; holds nothing of its own invention.
 */
export class Timeline {
  position: Position | undefined;
  details: ConversationDetails | undefined;
  hasBefore = false;
  readonly members = new Map<string, Member>();
  readonly markers = new Map<string, Marker>();
  readonly #messages: Message[] = [];

  /** Ascending by sequence, without gaps. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** Applies one live step. */
  apply(changes: Changes): Applied {
    const mine = this.position;
    if (mine === undefined || mine.revision < changes.after) {
      return "missed";
    }
    if (mine.revision >= changes.through) {
      return "ignored";
    }
    this.#take(changes, mine.sequence);
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
      this.#take(changes, 0);
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
    this.hasBefore = page.hasBefore;
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

  /** Takes what was stored in an earlier life of this client. */
  restore(position: Position | undefined, messages: readonly Message[]): void {
    this.position = position;
    this.#messages.push(...messages);
  }

  forget(): void {
    this.position = undefined;
    this.hasBefore = false;
    this.members.clear();
    this.markers.clear();
    this.#messages.length = 0;
  }

  #applyStep(changes: Changes, epoch: string): Applied {
    if (changes.after === changes.through && this.position?.revision === changes.through) {
      this.position = { ...this.position, epoch };
      return "applied";
    }
    const applied = this.apply(changes);
    if (applied === "applied" && this.position !== undefined) {
      this.position = { ...this.position, epoch };
    }
    return applied;
  }

  #take(changes: Changes, knownSequence: number): void {
    if (changes.conversation !== undefined) {
      this.details = detailsFrom(changes.conversation);
    }
    this.setMembers(changes.members.map(memberFrom));
    for (const wire of changes.messages) {
      const first = this.#messages[0]?.sequence ?? Infinity;
      // An edit of a message that is not loaded would leave a hole beside it.
      if (wire.sequence > knownSequence || wire.sequence >= first) {
        this.#put(messageFrom(wire));
      }
    }
    // Sending implies having read what came before.
    this.applyMarkers(
      changes.messages
        .filter(({ content }) => content !== undefined && content.content?.$case !== "system")
        .map(({ senderId, sequence }) => ({
          userId: senderId,
          delivered: sequence,
          read: sequence,
        })),
    );
  }

  #put(message: Message): void {
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
