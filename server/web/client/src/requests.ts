// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { TernError } from "./errors.js";
import { errorName } from "./fromWire.js";
import type { ClientFrame, ServerFrame } from "./gen/tern/v1/frame.js";

const ANSWER_DEADLINE_MS = 30_000;
const USUAL_IN_FLIGHT = 16;

type Payload = NonNullable<ClientFrame["frame"]>;
export type Answer = NonNullable<ServerFrame["frame"]>;

interface Waiting {
  readonly frame: Payload;
  /** Returns whether this answer was the last one. */
  readonly take: (answer: Answer) => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  deadline?: ReturnType<typeof setTimeout>;
}

/** The requests of one session, matched to their answers; as many at once as the server allows. */
export class Requests {
  readonly #write: (id: number, frame: Payload) => void;
  readonly #inFlight = new Map<number, Waiting>();
  readonly #queue: Waiting[] = [];
  #lastId = 0;
  #mostInFlight = USUAL_IN_FLIGHT;

  constructor(write: (id: number, frame: Payload) => void) {
    this.#write = write;
  }

  /** Sets how many may be in flight; 0 keeps the usual number. */
  allow(mostInFlight: number): void {
    this.#mostInFlight = mostInFlight || USUAL_IN_FLIGHT;
  }

  nextId(): number {
    // Fits a uint32 and is never 0, which would ask for no answer.
    this.#lastId = (this.#lastId % 0xffff_ffff) + 1;
    return this.#lastId;
  }

  /** Resolves after the last answer; rejects with TernError. */
  ask(frame: Payload, take: (answer: Answer) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ frame, take, resolve, reject });
      this.#sendNext();
    });
  }

  answer(id: number, answer: Answer): void {
    const waiting = this.#inFlight.get(id);
    if (waiting === undefined) {
      return;
    }
    if (answer.$case === "error") {
      const { code, message, mayRetry, retryAfterMs } = answer.value;
      waiting.reject(new TernError(errorName(code), message, mayRetry, retryAfterMs));
    } else if (!this.#took(waiting, answer)) {
      this.#startDeadline(id, waiting);
      return;
    }
    this.#forget(id, waiting);
  }

  /** Rejects all that wait. */
  fail(error: TernError): void {
    const all = [...this.#inFlight.values(), ...this.#queue.splice(0)];
    this.#inFlight.clear();
    for (const waiting of all) {
      clearTimeout(waiting.deadline);
      waiting.reject(error);
    }
  }

  #took(waiting: Waiting, answer: Answer): boolean {
    try {
      if (!waiting.take(answer)) {
        return false;
      }
      waiting.resolve();
    } catch (error) {
      waiting.reject(error);
    }
    return true;
  }

  #forget(id: number, waiting: Waiting): void {
    clearTimeout(waiting.deadline);
    this.#inFlight.delete(id);
    this.#sendNext();
  }

  #sendNext(): void {
    while (this.#inFlight.size < this.#mostInFlight) {
      const waiting = this.#queue.shift();
      if (waiting === undefined) {
        return;
      }
      const id = this.nextId();
      this.#inFlight.set(id, waiting);
      this.#startDeadline(id, waiting);
      this.#write(id, waiting.frame);
    }
  }

  #startDeadline(id: number, waiting: Waiting): void {
    clearTimeout(waiting.deadline);
    waiting.deadline = setTimeout(() => {
      waiting.reject(new TernError("TIMEOUT", `no answer in ${ANSWER_DEADLINE_MS} ms`, true));
      this.#forget(id, waiting);
    }, ANSWER_DEADLINE_MS);
  }
}
