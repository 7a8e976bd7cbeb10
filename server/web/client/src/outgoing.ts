// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { backoffMs } from "./backoff.js";
import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import type { Accepted } from "./gen/tern/v1/message.js";
import type { OutgoingMessage } from "./model.js";
import { sendMessageToWire } from "./toWire.js";

const MOST_WAITING = 1_000;
const MOST_FAULTS = 5;

export interface OutgoingListener {
  accepted(outgoing: OutgoingMessage, accepted: Accepted): void;
  changed(conversationId: string): void;
}

interface Lane {
  messages: OutgoingMessage[];
  isSending: boolean;
  faults: number;
  /** Set while the lane rests before it tries again. */
  rest: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Messages on their way to the server, in one lane per conversation. A lane sends the next message
 * after the one before it was accepted or failed for good, so that no retry changes the order; a
 * repeat keeps its client message id and so is harmless.
 */
export class Outgoing {
  readonly #connection: Connection;
  readonly #listener: OutgoingListener;
  readonly #random: () => number;
  readonly #lanes = new Map<string, Lane>();

  constructor(connection: Connection, random: () => number, listener: OutgoingListener) {
    this.#connection = connection;
    this.#random = random;
    this.#listener = listener;
  }

  get all(): readonly OutgoingMessage[] {
    return [...this.#lanes.values()].flatMap((lane) => lane.messages);
  }

  in(conversationId: string): readonly OutgoingMessage[] {
    return this.#lanes.get(conversationId)?.messages ?? [];
  }

  add(outgoing: OutgoingMessage): void {
    if (this.all.length >= MOST_WAITING) {
      throw new TernError("QUEUE_FULL", `${MOST_WAITING} messages wait to be accepted`, true);
    }
    this.#lane(outgoing.conversationId).messages.push(outgoing);
    this.#listener.changed(outgoing.conversationId);
    void this.#sendNext(outgoing.conversationId);
  }

  /** Tries a failed message again, behind those that wait. */
  retry(conversationId: string, clientMessageId: string): void {
    const outgoing = this.discard(conversationId, clientMessageId);
    if (outgoing !== undefined) {
      this.add({ conversationId, message: outgoing.message });
    }
  }

  /** Forgets a failed message; one that may still be accepted stays. */
  discard(conversationId: string, clientMessageId: string): OutgoingMessage | undefined {
    const lane = this.#lane(conversationId);
    const outgoing = lane.messages.find(
      ({ message, error }) => message.clientMessageId === clientMessageId && error !== undefined,
    );
    lane.messages = lane.messages.filter((one) => one !== outgoing);
    this.#listener.changed(conversationId);
    return outgoing;
  }

  /** The message was seen in the conversation: it was accepted, though the answer may be lost. */
  seen(conversationId: string, clientMessageId: string): void {
    const lane = this.#lanes.get(conversationId);
    if (lane !== undefined) {
      lane.messages = lane.messages.filter(
        ({ message }) => message.clientMessageId !== clientMessageId,
      );
    }
  }

  /** Connected again: what was in flight goes out once more. */
  resume(): void {
    for (const [conversationId, lane] of this.#lanes) {
      clearTimeout(lane.rest);
      lane.rest = undefined;
      lane.faults = 0;
      void this.#sendNext(conversationId);
    }
  }

  forget(): void {
    for (const lane of this.#lanes.values()) {
      clearTimeout(lane.rest);
      lane.rest = undefined;
      lane.messages = [];
    }
  }

  #lane(conversationId: string): Lane {
    const known = this.#lanes.get(conversationId);
    const lane = known ?? { messages: [], isSending: false, faults: 0, rest: undefined };
    this.#lanes.set(conversationId, lane);
    return lane;
  }

  async #sendNext(conversationId: string): Promise<void> {
    const lane = this.#lane(conversationId);
    const outgoing = lane.messages.find(({ error }) => error === undefined);
    const isBusy = lane.isSending || lane.rest !== undefined;
    if (outgoing === undefined || isBusy || !this.#connection.isOnline) {
      return;
    }
    lane.isSending = true;
    try {
      const value = sendMessageToWire(conversationId, outgoing.message);
      const accepted = await this.#connection.request({ $case: "sendMessage", value }, "accepted");
      lane.faults = 0;
      this.seen(conversationId, outgoing.message.clientMessageId);
      this.#listener.accepted(outgoing, accepted);
    } catch (error) {
      const waitMs = this.#waitAfter(lane, outgoing, error);
      if (waitMs !== undefined) {
        lane.rest = setTimeout(() => {
          lane.rest = undefined;
          void this.#sendNext(conversationId);
        }, waitMs);
        return;
      }
    } finally {
      lane.isSending = false;
    }
    await this.#sendNext(conversationId);
  }

  /** How long the lane rests; undefined when the message has failed and the next may go. */
  #waitAfter(lane: Lane, outgoing: OutgoingMessage, error: unknown): number | undefined {
    const known = error instanceof TernError ? error : new TernError("INTERNAL", String(error));
    const isFault = known.code === "INTERNAL";
    if (known.mayRetry && !(isFault && lane.faults >= MOST_FAULTS)) {
      lane.faults += 1;
      return Math.max(known.retryAfterMs, backoffMs(lane.faults, this.#random));
    }
    lane.faults = 0;
    lane.messages = lane.messages.map((one) =>
      one === outgoing ? { ...one, error: known.code } : one,
    );
    this.#listener.changed(outgoing.conversationId);
    return undefined;
  }
}
