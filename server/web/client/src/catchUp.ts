// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { clientFailed, TernError } from "./errors.js";
import type { CatchUpPage } from "./gen/tern/v1/catch_up.js";
import type { Position } from "./model.js";

const USUAL_RETRY_MS = 1_000;

export interface CatchUpListener {
  position(): Position | undefined;
  /** Whether anybody wants to be up to date. */
  isWanted(): boolean;
  /** Takes a page; throws TernError if it does not fit. */
  took(page: CatchUpPage): void;
  caughtUp(): void;
  /** The user is no member. */
  gone(): void;
  /** It will not be tried again before something else happens. */
  problem(error: TernError): void;
}

/** Asks for what was missed, one question at a time, until nothing is missing. */
export class CatchUp {
  readonly #conversationId: string;
  readonly #connection: Connection;
  readonly #listener: CatchUpListener;
  #isAsking = false;
  #isCurrent = false;

  constructor(conversationId: string, connection: Connection, listener: CatchUpListener) {
    this.#conversationId = conversationId;
    this.#connection = connection;
    this.#listener = listener;
  }

  /** Whether nothing was missed, as far as anybody can know. */
  get isCurrent(): boolean {
    return this.#isCurrent;
  }

  /** Asks, if something may be missing and is wanted. */
  ask(): void {
    const mayAsk = !this.#isCurrent && !this.#isAsking && this.#listener.isWanted();
    if (mayAsk && this.#connection.isOnline) {
      this.#isAsking = true;
      void this.#ask();
    }
  }

  /** Something may have been missed. */
  behind(): void {
    this.#isCurrent = false;
    this.ask();
  }

  /** The session is over, and with it the question. */
  lost(): void {
    this.#isCurrent = false;
    this.#isAsking = false;
  }

  async #ask(): Promise<void> {
    const value = { conversationId: this.#conversationId, position: this.#listener.position() };
    try {
      await this.#connection.requestAll({ $case: "catchUp", value }, "catchUpPage", (page) => {
        this.#listener.took(page);
        return page.live;
      });
      this.#isCurrent = true;
      this.#isAsking = false;
      this.#listener.caughtUp();
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    this.#isAsking = false;
    if (!(error instanceof TernError)) {
      this.#listener.problem(clientFailed(error));
    } else if (error.code === "CONNECTION_LOST") {
      // The next session asks.
    } else if (error.mayRetry) {
      const waitMs = error.retryAfterMs || USUAL_RETRY_MS;
      setTimeout(() => {
        this.ask();
      }, waitMs);
    } else if (error.code === "NOT_FOUND") {
      this.#listener.gone();
    } else {
      this.#listener.problem(error);
    }
  }
}
