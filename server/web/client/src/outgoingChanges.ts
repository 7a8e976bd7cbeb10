// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { reasonOf, TernError } from "./errors.js";
import type { MessageChanged } from "./gen/tern/v1/change.js";
import { Lane } from "./lane.js";
import type { Message, OutgoingChange, RefusedEdit } from "./model.js";
import { withOwnReaction } from "./reactions.js";
import { changeToWire } from "./toWire.js";

const MOST_WAITING = 1_000;
/** The oldest give way. */
const MOST_REFUSED = 100;

export interface ChangesListener {
  /** The server has confirmed a change. */
  confirmed(changed: MessageChanged): void;
  changed(conversationId: string): void;
  /** The server has refused a change for which no caller waits. */
  refused(error: TernError): void;
}

/** A change and who waits for it; nobody does after a new start of the client. */
interface Entry {
  readonly change: OutgoingChange;
  readonly resolve?: () => void;
  readonly reject?: (error: TernError) => void;
}

interface Waiting {
  entries: readonly Entry[];
  readonly lane: Lane<Entry>;
}

/**
 * Changes of messages on their way to the server, in one lane per conversation. All of them may be
 * repeated: an edit keeps its id, the others say what is to be. A change takes the place of one
 * before it that said something else about the same thing and was not sent yet. An edit that is
 * refused loses nothing of what was written: it stays until the person decides.
 */
export class OutgoingChanges {
  readonly #connection: Connection;
  readonly #random: () => number;
  readonly #listener: ChangesListener;
  readonly #conversations = new Map<string, Waiting>();
  /** By conversation and sequence, the oldest first. */
  readonly #refused = new Map<string, RefusedEdit>();

  constructor(connection: Connection, random: () => number, listener: ChangesListener) {
    this.#connection = connection;
    this.#random = random;
    this.#listener = listener;
  }

  get all(): readonly OutgoingChange[] {
    return [...this.#conversations.keys()].flatMap((conversationId) => this.in(conversationId));
  }

  in(conversationId: string): readonly OutgoingChange[] {
    return this.#conversations.get(conversationId)?.entries.map(({ change }) => change) ?? [];
  }

  get refused(): readonly RefusedEdit[] {
    return [...this.#refused.values()];
  }

  refusedIn(conversationId: string): readonly RefusedEdit[] {
    return this.refused.filter((edit) => edit.conversationId === conversationId);
  }

  /** Forgets an edit that was refused. */
  discard(conversationId: string, sequence: number): void {
    if (this.#refused.delete(`${conversationId} ${sequence}`)) {
      this.#listener.changed(conversationId);
    }
  }

  /** Resolves once the server has confirmed it; rejects with TernError when it is refused. */
  ask(change: OutgoingChange): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.all.length >= MOST_WAITING) {
        const waiting = `${MOST_WAITING} changes wait to be confirmed`;
        const error = new TernError("QUEUE_FULL", waiting, true);
        this.#keepRefused(change, error);
        this.#listener.changed(change.conversationId);
        throw error;
      }
      this.#add({ change, resolve, reject });
    });
  }

  /** Takes up what an earlier life of this client has not seen confirmed. */
  restore(changes: readonly OutgoingChange[], refused: readonly RefusedEdit[]): void {
    for (const edit of refused) {
      this.#refused.set(`${edit.conversationId} ${edit.sequence}`, edit);
    }
    for (const change of changes) {
      this.#add({ change });
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
      for (const { reject } of waiting.entries) {
        reject?.(new TernError("NOT_CONNECTED", "another user has connected"));
      }
      waiting.entries = [];
    }
    this.#refused.clear();
  }

  #keepRefused(change: OutgoingChange, error: TernError): void {
    if (change.kind !== "edit") {
      return;
    }
    const { conversationId, sequence, content, mentions, metadata } = change;
    const why = { error: error.code, ...reasonOf(error) };
    const key = `${conversationId} ${sequence}`;
    this.#refused.delete(key);
    this.#refused.set(key, { conversationId, sequence, content, mentions, metadata, ...why });
    const [oldest] = this.#refused.keys();
    if (this.#refused.size > MOST_REFUSED && oldest !== undefined) {
      this.#refused.delete(oldest);
    }
  }

  #add(entry: Entry): void {
    const { conversationId, sequence, kind } = entry.change;
    if (kind === "edit") {
      this.#refused.delete(`${conversationId} ${sequence}`);
    }
    const waiting = this.#waiting(conversationId);
    const subject = subjectOf(entry.change);
    const overtaken = waiting.entries.filter(
      (one) => one !== waiting.lane.inFlight && subjectOf(one.change) === subject,
    );
    waiting.entries = [...waiting.entries.filter((one) => !overtaken.includes(one)), entry];
    for (const { resolve } of overtaken) {
      resolve?.();
    }
    this.#listener.changed(conversationId);
    waiting.lane.wake();
  }

  #waiting(conversationId: string): Waiting {
    const known = this.#conversations.get(conversationId);
    if (known !== undefined) {
      return known;
    }
    const lane = new Lane<Entry>(this.#connection, this.#random, {
      next: () => waiting.entries[0],
      send: (entry) => this.#send(waiting, entry),
      refused: (entry, error) => {
        waiting.entries = waiting.entries.filter((one) => one !== entry);
        this.#keepRefused(entry.change, error);
        this.#listener.changed(conversationId);
        (entry.reject ?? this.#listener.refused)(error);
      },
    });
    const waiting: Waiting = { entries: [], lane };
    this.#conversations.set(conversationId, waiting);
    return waiting;
  }

  async #send(waiting: Waiting, entry: Entry): Promise<void> {
    const frame = changeToWire(entry.change);
    const changed = await this.#connection.request(frame, "messageChanged");
    waiting.entries = waiting.entries.filter((one) => one !== entry);
    this.#listener.confirmed(changed);
    entry.resolve?.();
  }
}

/** A message as it will be once these changes are confirmed; a deletion only marks it. */
export function withChanges(
  message: Message,
  changes: readonly OutgoingChange[],
  me: string,
): { readonly message: Message; readonly unconfirmed?: "edit" | "delete" } {
  let result: ReturnType<typeof withChanges> = { message };
  if (message.deletedAtMs > 0) {
    return result;
  }
  for (const change of changes) {
    if (change.kind === "edit") {
      const { content, mentions, metadata } = change;
      result = { message: { ...result.message, content, mentions, metadata }, unconfirmed: "edit" };
    } else if (change.kind === "delete") {
      result = { ...result, unconfirmed: "delete" };
    } else if (change.kind === "reaction") {
      const { reaction, on } = change;
      result = { ...result, message: withOwnReaction(result.message, reaction, on, me) };
    }
  }
  return result;
}

/** Two changes of the same subject: the later one alone counts. */
function subjectOf(change: OutgoingChange): string {
  const reaction = change.kind === "reaction" ? change.reaction : "";
  return `${change.kind} ${change.sequence} ${reaction}`;
}
