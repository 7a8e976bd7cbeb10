// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import type { MarkedRead } from "./gen/tern/v1/receipt.js";

const USUAL_RETRY_MS = 1_000;
/** News from before a reading may still come this long after it was confirmed. */
export const OVERTAKEN_MS = 2_000;

/** Tells the server what was read, also what was read while away; one request a conversation. */
export class ReadMarks {
  readonly #connection: Connection;
  readonly #marked: (answer: MarkedRead) => void;
  readonly #wanted = new Map<string, number>();
  readonly #inFlight = new Map<string, Promise<void>>();
  /** When the server confirmed the latest one, in local milliseconds. */
  readonly #confirmedMs = new Map<string, number>();

  constructor(connection: Connection, marked: (answer: MarkedRead) => void) {
    this.#connection = connection;
    this.#marked = marked;
  }

  /** What the server has not confirmed yet. */
  get unconfirmed(): readonly (readonly [string, number])[] {
    return [...this.#wanted];
  }

  /** Whether what was read here may be news to whoever told of less. */
  isFresh(conversationId: string): boolean {
    const confirmedMs = this.#confirmedMs.get(conversationId) ?? -Infinity;
    return this.#wanted.has(conversationId) || Date.now() - confirmedMs < OVERTAKEN_MS;
  }

  /** The user marks as unread: what was read before counts no more, and nothing overtakes it. */
  async takeBack(conversationId: string): Promise<void> {
    this.#wanted.delete(conversationId);
    await this.#inFlight.get(conversationId);
    this.#confirmedMs.delete(conversationId);
  }

  mark(conversationId: string, sequence: number): void {
    if (sequence > (this.#wanted.get(conversationId) ?? 0)) {
      this.#wanted.set(conversationId, sequence);
      void this.#send(conversationId);
    }
  }

  /** Connected again. */
  resume(): void {
    for (const conversationId of this.#wanted.keys()) {
      void this.#send(conversationId);
    }
  }

  forget(): void {
    this.#wanted.clear();
    this.#confirmedMs.clear();
  }

  async #send(conversationId: string): Promise<void> {
    const isWanted = this.#wanted.has(conversationId);
    if (!isWanted || this.#inFlight.has(conversationId) || !this.#connection.isOnline) {
      return;
    }
    const request = this.#request(conversationId);
    this.#inFlight.set(
      conversationId,
      request.then(() => undefined),
    );
    const waitMs = await request;
    this.#inFlight.delete(conversationId);
    if (waitMs === undefined) {
      await this.#send(conversationId);
    } else {
      setTimeout(() => void this.#send(conversationId), waitMs);
    }
  }

  /** Resolves with how long to wait before it is tried again; undefined where it is done. */
  async #request(conversationId: string): Promise<number | undefined> {
    const sequence = this.#wanted.get(conversationId) ?? 0;
    const isStillWanted = (): boolean => this.#wanted.get(conversationId) === sequence;
    try {
      const frame = { $case: "markRead", value: { conversationId, sequence } } as const;
      const answer = await this.#connection.request(frame, "markedRead");
      if (isStillWanted()) {
        this.#wanted.delete(conversationId);
      }
      this.#confirmedMs.set(conversationId, Date.now());
      this.#marked(answer);
    } catch (error) {
      if (error instanceof TernError && error.mayRetry) {
        return error.retryAfterMs || USUAL_RETRY_MS;
      }
      if (isStillWanted()) {
        this.#wanted.delete(conversationId);
      }
    }
    return undefined;
  }
}
