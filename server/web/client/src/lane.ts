// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { backoffMs } from "./backoff.js";
import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";

const MOST_FAULTS = 5;

/** What goes along a lane. */
export interface LaneListener<Item> {
  /** The one to be sent now. */
  next(): Item | undefined;
  /** Sends it, and takes it out of what is next; rejects with TernError. */
  send(item: Item): Promise<void>;
  /** It has failed for good: takes it out of what is next. */
  refused(item: Item, error: TernError): void;
}

/**
 * Sends one thing after the other. The next one goes when the one before it was accepted or has
 * failed for good, so that no retry changes the order.
 */
export class Lane<Item> {
  readonly #connection: Connection;
  readonly #random: () => number;
  readonly #listener: LaneListener<Item>;
  #inFlight: Item | undefined;
  #faults = 0;
  /** Set while the lane rests before it tries again. */
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, random: () => number, listener: LaneListener<Item>) {
    this.#connection = connection;
    this.#random = random;
    this.#listener = listener;
  }

  /** The one whose answer has not come yet. */
  get inFlight(): Item | undefined {
    return this.#inFlight;
  }

  /** Something may be there to be sent. */
  wake(): void {
    void this.#sendNext();
  }

  /** Connected again: what was in flight goes out once more. */
  resume(): void {
    this.stop();
    this.#faults = 0;
    this.wake();
  }

  /** Sends no more until it is woken. */
  stop(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
  }

  async #sendNext(): Promise<void> {
    const isBusy = this.#inFlight !== undefined || this.#rest !== undefined;
    const item = isBusy || !this.#connection.isOnline ? undefined : this.#listener.next();
    if (item === undefined) {
      return;
    }
    this.#inFlight = item;
    try {
      await this.#listener.send(item);
      this.#faults = 0;
    } catch (error) {
      const waitMs = this.#waitAfter(item, error);
      if (waitMs !== undefined) {
        this.#rest = setTimeout(() => {
          this.#rest = undefined;
          this.wake();
        }, waitMs);
        return;
      }
    } finally {
      this.#inFlight = undefined;
    }
    await this.#sendNext();
  }

  /** How long the lane rests; undefined when the item has failed and the next may go. */
  #waitAfter(item: Item, error: unknown): number | undefined {
    const known = error instanceof TernError ? error : new TernError("INTERNAL", String(error));
    const isFault = known.code === "INTERNAL";
    if (known.mayRetry && !(isFault && this.#faults >= MOST_FAULTS)) {
      this.#faults += 1;
      return Math.max(known.retryAfterMs, backoffMs(this.#faults, this.#random));
    }
    this.#faults = 0;
    this.#listener.refused(item, known);
    return undefined;
  }
}
