// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { reasonOf, TernError } from "./errors.js";
import type { Accepted } from "./gen/tern/v1/message.js";
import { Lane } from "./lane.js";
import type { OutgoingMessage } from "./model.js";
import { sendMessageToWire } from "./toWire.js";

const MOST_WAITING = 1_000;

export interface OutgoingListener {
  accepted(outgoing: OutgoingMessage, accepted: Accepted): void;
  changed(conversationId: string): void;
}

interface Waiting {
  messages: readonly OutgoingMessage[];
  readonly lane: Lane<OutgoingMessage>;
}

/**
 * Messages on their way to the server, in one lane per conversation. A repeat keeps its client
 * message id and so is harmless; one that has failed stays until the person decides.
 */
export class Outgoing {
  readonly #connection: Connection;
  readonly #listener: OutgoingListener;
  readonly #random: () => number;
  readonly #conversations = new Map<string, Waiting>();

  constructor(connection: Connection, random: () => number, listener: OutgoingListener) {
    this.#connection = connection;
    this.#random = random;
    this.#listener = listener;
  }

  get all(): readonly OutgoingMessage[] {
    return [...this.#conversations.values()].flatMap(({ messages }) => messages);
  }

  in(conversationId: string): readonly OutgoingMessage[] {
    return this.#conversations.get(conversationId)?.messages ?? [];
  }

  add(outgoing: OutgoingMessage): void {
    if (this.all.length >= MOST_WAITING) {
      throw new TernError("QUEUE_FULL", `${MOST_WAITING} messages wait to be accepted`, true);
    }
    const waiting = this.#waiting(outgoing.conversationId);
    waiting.messages = [...waiting.messages, outgoing];
    this.#listener.changed(outgoing.conversationId);
    waiting.lane.wake();
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
    const waiting = this.#waiting(conversationId);
    const outgoing = waiting.messages.find(
      ({ message, error }) => message.clientMessageId === clientMessageId && error !== undefined,
    );
    waiting.messages = waiting.messages.filter((one) => one !== outgoing);
    this.#listener.changed(conversationId);
    return outgoing;
  }

  /** The message was seen in the conversation: it was accepted, though the answer may be lost. */
  seen(conversationId: string, clientMessageId: string): void {
    const waiting = this.#conversations.get(conversationId);
    if (waiting !== undefined) {
      waiting.messages = waiting.messages.filter(
        ({ message }) => message.clientMessageId !== clientMessageId,
      );
    }
  }

  /** Connected again. */
  resume(): void {
    for (const { lane } of this.#conversations.values()) {
      lane.resume();
    }
  }

  forget(): void {
    for (const waiting of this.#conversations.values()) {
      waiting.lane.stop();
      waiting.messages = [];
    }
  }

  #waiting(conversationId: string): Waiting {
    const known = this.#conversations.get(conversationId);
    if (known !== undefined) {
      return known;
    }
    const lane = new Lane<OutgoingMessage>(this.#connection, this.#random, {
      next: () => waiting.messages.find(({ error }) => error === undefined),
      send: (outgoing) => this.#send(outgoing),
      refused: (outgoing, error) => {
        const refusal = { error: error.code, ...reasonOf(error) };
        waiting.messages = waiting.messages.map((one) =>
          one === outgoing ? { ...one, ...refusal } : one,
        );
        this.#listener.changed(conversationId);
      },
    });
    const waiting: Waiting = { messages: [], lane };
    this.#conversations.set(conversationId, waiting);
    return waiting;
  }

  async #send(outgoing: OutgoingMessage): Promise<void> {
    const { conversationId, message } = outgoing;
    const value = sendMessageToWire(conversationId, message);
    const accepted = await this.#connection.request({ $case: "sendMessage", value }, "accepted");
    this.seen(conversationId, message.clientMessageId);
    this.#listener.accepted(outgoing, accepted);
  }
}
