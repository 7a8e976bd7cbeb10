// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";

const REPEAT_MS = 3_000;
const FORGOTTEN_AFTER_MS = 6_000;

type Timer = ReturnType<typeof setTimeout>;

/** Who is typing where: tells the others of oneself, forgets them when they fall silent. */
export class Typing {
  readonly #connection: Connection;
  readonly #changed: (conversationId: string) => void;
  /** By conversation: when the others were told last, in local milliseconds. */
  readonly #toldMs = new Map<string, number>();
  readonly #others = new Map<string, Map<string, Timer>>();

  constructor(connection: Connection, changed: (conversationId: string) => void) {
    this.#connection = connection;
    this.#changed = changed;
  }

  /** To be called at each key stroke (true), and when the text is gone or sent (false). */
  tell(conversationId: string, typing: boolean): void {
    const toldMs = this.#toldMs.get(conversationId);
    const nowMs = Date.now();
    if (typing && toldMs !== undefined && nowMs - toldMs < REPEAT_MS) {
      return;
    }
    if (!typing && toldMs === undefined) {
      return;
    }
    if (typing) {
      this.#toldMs.set(conversationId, nowMs);
    } else {
      this.#toldMs.delete(conversationId);
    }
    this.#connection.send({ $case: "setTyping", value: { conversationId, typing } });
  }

  /** A message is on its way: with it the others stop seeing one type, so nothing is told. */
  sent(conversationId: string): void {
    this.#toldMs.delete(conversationId);
  }

  heard(conversationId: string, userId: string, typing: boolean): void {
    const others = this.#others.get(conversationId) ?? new Map<string, Timer>();
    clearTimeout(others.get(userId));
    if (typing) {
      this.#others.set(conversationId, others);
      others.set(
        userId,
        setTimeout(() => {
          this.heard(conversationId, userId, false);
        }, FORGOTTEN_AFTER_MS),
      );
    } else if (!others.delete(userId)) {
      return;
    }
    this.#changed(conversationId);
  }

  in(conversationId: string): readonly string[] {
    return [...(this.#others.get(conversationId)?.keys() ?? [])];
  }

  lost(): void {
    const conversationIds = [...this.#others.keys()];
    for (const timer of [...this.#others.values()].flatMap((others) => [...others.values()])) {
      clearTimeout(timer);
    }
    this.#others.clear();
    this.#toldMs.clear();
    conversationIds.forEach(this.#changed);
  }
}
