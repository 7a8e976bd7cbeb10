// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";

/** The protocol allows one a second for each conversation. */
const PAUSE_MS = 1_000;

interface Mark {
  readonly revision: number;
  readonly sequence: number;
}

/**
 * Tells the server up to where this device knows each conversation: the first mark at once, then
 * the newest of those that came during a pause when it is over.
 */
export class Acknowledger {
  readonly #connection: Connection;
  readonly #told = new Map<string, number>();
  readonly #waiting = new Map<string, Mark>();
  readonly #pauses = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  acknowledge(conversationId: string, revision: number, sequence: number): void {
    const known =
      this.#waiting.get(conversationId)?.revision ?? this.#told.get(conversationId) ?? 0;
    if (revision <= known) {
      return;
    }
    this.#waiting.set(conversationId, { revision, sequence });
    if (!this.#pauses.has(conversationId)) {
      this.#tell(conversationId);
    }
  }

  /** What was told in a lost session may not have arrived: the next one tells anew. */
  lost(): void {
    for (const pause of this.#pauses.values()) {
      clearTimeout(pause);
    }
    this.#pauses.clear();
    this.#told.clear();
    this.#waiting.clear();
  }

  /** Tells what waits, if anything does, and begins the next pause. */
  #tell(conversationId: string): void {
    this.#pauses.delete(conversationId);
    const mark = this.#waiting.get(conversationId);
    if (mark === undefined) {
      return;
    }
    this.#waiting.delete(conversationId);
    this.#told.set(conversationId, mark.revision);
    this.#connection.send({ $case: "acknowledge", value: { conversationId, ...mark } });
    const pause = setTimeout(() => {
      this.#tell(conversationId);
    }, PAUSE_MS);
    this.#pauses.set(conversationId, pause);
  }
}
