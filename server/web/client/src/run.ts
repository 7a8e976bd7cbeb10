// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Message } from "./model.js";

/** An unbroken run of messages, ascending by sequence. */
export class Run {
  /** Whether earlier messages exist that are not here. */
  hasBefore = false;
  readonly #messages: Message[] = [];

  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** The sequence of its first message; of an empty one more than any. */
  get first(): number {
    return this.#messages[0]?.sequence ?? Infinity;
  }

  /** The sequence of its last message; 0 where it is empty. */
  get last(): number {
    return this.#messages.at(-1)?.sequence ?? 0;
  }

  find(sequence: number): Message | undefined {
    const found = this.#messages[this.#indexOf(sequence)];
    return found?.sequence === sequence ? found : undefined;
  }

  /** Takes a message at its place, and a newer state of one that is here. */
  put(message: Message): void {
    const at = this.#indexOf(message.sequence);
    const known = this.#messages[at];
    if (known?.sequence !== message.sequence) {
      this.#messages.splice(at, 0, message);
    } else if (known.revision <= message.revision) {
      this.#messages[at] = message;
    }
  }

  dropBefore(sequence: number): void {
    this.#messages.splice(0, this.#indexOf(sequence));
    this.hasBefore = false;
  }

  /** Lets go of all but the newest; returns those that went. */
  keepNewest(most: number): readonly Message[] {
    const dropped = this.#messages.splice(0, Math.max(0, this.#messages.length - most));
    this.hasBefore ||= dropped.length > 0;
    return dropped;
  }

  forget(): void {
    this.#messages.length = 0;
    this.hasBefore = false;
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
