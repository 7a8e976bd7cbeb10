// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { quotedFrom } from "./fromWire.js";
import type { Quote as WireQuote } from "./gen/tern/v1/message.js";
import type { Message, QuotedMessage } from "./model.js";
import type { StoredConversation } from "./storage.js";

type Stored = Pick<StoredConversation, "excerpts" | "quotes" | "knowsPinned">;

/**
 * Messages that are known without those between them and the timeline's first one: the pinned and
 * the quoted ones. Kept up to date by the same changes. Of a quoted one a page tells only how it
 * begins; its first change brings all of it.
 */
export class Excerpts {
  /** Whether all pinned messages are here, or in the timeline. */
  knowsPinned = false;
  readonly #messages = new Map<number, Message>();
  /** Those of which no more is known; none of them is among the messages. */
  readonly #quotes = new Map<number, QuotedMessage>();
  /** Asked for in vain, or told to be so. */
  readonly #unavailable = new Set<number>();

  get all(): readonly Message[] {
    return [...this.#messages.values()];
  }

  find(sequence: number): Message | undefined {
    return this.#messages.get(sequence);
  }

  /** What a quote shows of a message that is here at least in part. */
  quoted(sequence: number): QuotedMessage | undefined {
    return this.#messages.get(sequence) ?? this.#quotes.get(sequence);
  }

  /** Whether there is no use in asking the server for it. */
  isSettled(sequence: number): boolean {
    return this.quoted(sequence) !== undefined || this.#unavailable.has(sequence);
  }

  isUnavailable(sequence: number): boolean {
    return this.#unavailable.has(sequence);
  }

  unavailable(sequence: number): void {
    this.#unavailable.add(sequence);
  }

  /** Takes a newer state of a message. */
  put(message: Message): void {
    const known = this.#messages.get(message.sequence);
    if (known === undefined || known.revision <= message.revision) {
      this.#messages.set(message.sequence, message);
      this.#quotes.delete(message.sequence);
    }
  }

  /** Takes what a page tells; from the first sequence on, more is known of all there are. */
  putQuotes(quotes: readonly WireQuote[], first: number): void {
    for (const quote of quotes) {
      const { sequence, revision, unavailable } = quote;
      const isWanted = sequence < first && !this.#messages.has(sequence);
      if (unavailable) {
        this.#unavailable.add(sequence);
      } else if (isWanted && (this.#quotes.get(sequence)?.revision ?? 0) <= revision) {
        this.#quotes.set(sequence, quotedFrom(quote));
      }
    }
  }

  /** Lets go of all others. */
  keepOnly(sequences: ReadonlySet<number>): void {
    for (const one of [...this.#messages.keys(), ...this.#quotes.keys(), ...this.#unavailable]) {
      if (!sequences.has(one)) {
        this.#messages.delete(one);
        this.#quotes.delete(one);
        this.#unavailable.delete(one);
      }
    }
  }

  /** These stand in the timeline now. */
  dropFrom(sequence: number): void {
    for (const one of [...this.#messages.keys(), ...this.#quotes.keys()]) {
      if (one >= sequence) {
        this.#messages.delete(one);
        this.#quotes.delete(one);
      }
    }
  }

  /** These, with others that would be among them, as far as they are pinned or quoted. */
  stored(others: readonly Message[], quoted: ReadonlySet<number>): Stored {
    return {
      excerpts: [...this.#messages.values(), ...others].filter(
        ({ pinnedAtMs, sequence }) => pinnedAtMs > 0 || quoted.has(sequence),
      ),
      quotes: [...this.#quotes.values()].filter(({ sequence }) => quoted.has(sequence)),
      knowsPinned: this.knowsPinned,
    };
  }

  restore({ excerpts, quotes = [], knowsPinned }: Stored): void {
    for (const quote of quotes) {
      this.#quotes.set(quote.sequence, quote);
    }
    for (const message of excerpts) {
      this.put(message);
    }
    this.knowsPinned = knowsPinned;
  }

  forget(): void {
    this.knowsPinned = false;
    this.#messages.clear();
    this.#quotes.clear();
    this.#unavailable.clear();
  }
}
