// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { backoffMs } from "./backoff.js";
import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import type { CatchUpPage } from "./gen/tern/v1/catch_up.js";
import type { Position } from "./model.js";

/** @internal What watches a room tells, and what it asks. */
export interface OpenWatchListener {
  position(): Position | undefined;
  /** Whether anybody here wants to watch. */
  isWanted(): boolean;
  /** Takes a page; returns false if it leaves a gap. */
  took(page: CatchUpPage): boolean;
  /** The server has let the user in, with so many others. */
  admitted(watchers: number): void;
  /** Whether nothing is missing has changed. */
  changed(): void;
  /** The server does not let the user watch, for this reason. */
  refused(code: string): void;
}

/**
 * Watches one room: asks for it with the position that is known, again after each loss and each
 * gap, until the server has nothing more to tell or has refused.
 */
export class OpenWatch {
  readonly #conversationId: string;
  readonly #connection: Connection;
  readonly #random: () => number;
  readonly #listener: OpenWatchListener;
  #isAsking = false;
  #awaitsPage = false;
  /** Whether the server may think that this session watches. */
  #isIn = false;
  #isCurrent = false;
  /** The newest revision that was heard of while something before it was missing. */
  #heardOf = 0;
  /** Grows when an answer under way means nothing any more. */
  #round = 0;
  #failures = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(
    conversationId: string,
    connection: Connection,
    random: () => number,
    listener: OpenWatchListener,
  ) {
    this.#conversationId = conversationId;
    this.#connection = connection;
    this.#random = random;
    this.#listener = listener;
  }

  /** Whether nothing was missed, as far as anybody can know. */
  get isCurrent(): boolean {
    return this.#isCurrent;
  }

  /** Asks to watch, unless that is under way, or nobody wants it. */
  ask(): void {
    const isBusy = this.#isAsking || this.#awaitsPage || this.#rest !== undefined;
    if (!isBusy && !this.#isCurrent && this.#listener.isWanted() && this.#connection.isOnline) {
      this.#isAsking = true;
      this.#isIn = true;
      // The answer knows of all that was heard of until now.
      this.#heardOf = 0;
      void this.#ask(this.#round);
    }
  }

  /** A change has come that does not follow on what is here. */
  missed(through: number): void {
    this.#heardOf = Math.max(this.#heardOf, through);
    if (this.#isCurrent) {
      this.#isCurrent = false;
      this.#listener.changed();
    }
    this.ask();
  }

  /** A page has come by itself: what was missed, or the newest for one who read too slowly. */
  page(page: CatchUpPage): void {
    if (this.#isAsking) {
      // The answer to a question that was given up: the next one begins where this one did.
      return;
    }
    this.#awaitsPage = false;
    this.#heardOf = Math.max(this.#heardOf, this.#listener.position()?.revision ?? 0);
    if (this.#listener.took(page)) {
      this.#hasAll();
    } else {
      this.#restAWhile(0);
    }
  }

  /** The session is over, and with it all watching. */
  lost(): void {
    this.#end();
    this.#listener.changed();
  }

  /** Nobody here wants it any more: tells the server, which then sends nothing more of it. */
  leave(): void {
    const isIn = this.#isIn;
    this.#end();
    if (isIn && this.#connection.isOnline) {
      const value = { conversationId: this.#conversationId };
      this.#connection.request({ $case: "unwatchConversation", value }, "unwatched").catch(() => {
        // The socket's end ends it too.
      });
    }
  }

  /** The server has ended it. */
  sentAway(): void {
    this.#end();
  }

  async #ask(round: number): Promise<void> {
    const value = { conversationId: this.#conversationId, position: this.#listener.position() };
    try {
      // The page may be here before a promise would have told of the answer.
      const frame = { $case: "watchConversation", value } as const;
      await this.#connection.requestAll(frame, "watching", (answer) => {
        if (round === this.#round) {
          this.#isAsking = false;
          this.#awaitsPage = answer.pageFollows;
          this.#listener.admitted(answer.watchers);
          if (!answer.pageFollows) {
            this.#hasAll();
          }
        }
        return true;
      });
    } catch (error) {
      if (round === this.#round) {
        this.#failed(error);
      }
    }
  }

  #hasAll(): void {
    this.#failures = 0;
    this.#isCurrent = (this.#listener.position()?.revision ?? 0) >= this.#heardOf;
    this.#listener.changed();
    this.ask();
  }

  #failed(error: unknown): void {
    this.#isAsking = false;
    const known = error instanceof TernError ? error : new TernError("INTERNAL", String(error));
    if (known.mayRetry) {
      this.#restAWhile(known.retryAfterMs);
    } else {
      this.#end();
      this.#listener.refused(known.code);
    }
  }

  #restAWhile(toldMs: number): void {
    const waitMs = toldMs || backoffMs(this.#failures, this.#random);
    this.#failures += 1;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      this.ask();
    }, waitMs);
  }

  #end(): void {
    this.#round += 1;
    this.#isAsking = false;
    this.#awaitsPage = false;
    this.#isIn = false;
    this.#isCurrent = false;
    this.#heardOf = 0;
    this.#failures = 0;
    clearTimeout(this.#rest);
    this.#rest = undefined;
  }
}
