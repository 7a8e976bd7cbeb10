// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Message } from "./model.js";

/**
 * Messages that are known without those between them and the timeline's first one: the pinned and
 * the quoted ones. Kept up to date by the same changes.
 */
export class Excerpts {
  /** Whether all pinned messages are here, or in the timeline. */
  knowsPinned = false;
  readonly #messages = new Map<number, Message>();
  /** Asked for in vain. */
  readonly #unavailable = new Set<number>();

  get all(): readonly Message[] {
    return [...this.#messages.values()];
  }

  find(sequence: number): Message | undefined {
    return this.#messages.get(sequence);
  }

  /** Whether there is no use in asking the server for it. */
  isSettled(sequence: number): boolean {
    return this.#messages.has(sequence) || this.#unavailable.has(sequence);
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
    }
  }

  /** Lets go of all others. */
  keepOnly(sequences: ReadonlySet<number>): void {
    for (const one of [...this.#messages.keys(), ...this.#unavailable]) {
      if (!sequences.has(one)) {
        this.#messages.delete(one);
        this.#unavailable.delete(one);
      }
    }
  }

  /** These stand in the timeline now. */
  dropFrom(sequence: number): void {
    for (const one of this.#messages.keys()) {
      if (one >= sequence) {
        this.#messages.delete(one);
      }
    }
  }

  forget(): void {
    this.knowsPinned = false;
    this.#messages.clear();
    this.#unavailable.clear();
  }
}
