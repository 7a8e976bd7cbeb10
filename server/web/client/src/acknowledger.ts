// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";

const COALESCE_MS = 200;

interface Mark {
  readonly revision: number;
  readonly sequence: number;
}

/** Tells the server up to where this device knows each conversation, a few times a second. */
export class Acknowledger {
  readonly #connection: Connection;
  readonly #told = new Map<string, number>();
  readonly #waiting = new Map<string, Mark>();
  #timer: ReturnType<typeof setTimeout> | undefined;

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
    this.#timer ??= setTimeout(() => {
      this.#flush();
    }, COALESCE_MS);
  }

  /** What was told in a lost session may not have arrived: the next one tells anew. */
  lost(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#told.clear();
    this.#waiting.clear();
  }

  #flush(): void {
    this.#timer = undefined;
    for (const [conversationId, mark] of this.#waiting) {
      this.#told.set(conversationId, mark.revision);
      this.#connection.send({ $case: "acknowledge", value: { conversationId, ...mark } });
    }
    this.#waiting.clear();
  }
}
