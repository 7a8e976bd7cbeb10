// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import type { Press as WirePress } from "./gen/tern/v1/press.js";
import { throughLosses } from "./throughLosses.js";
import { randomUuid } from "./uuid.js";

/** A press of a card's button. */
export interface Press {
  /** From 1 without gaps on each card. */
  readonly number: number;
  readonly userId: string;
  readonly buttonId: string;
  /** What the button held when it was pressed; empty for one with an address. */
  readonly value: string;
  readonly pressedAtMs: number;
}

/** News, to the card's sender alone: somebody has pressed a button. */
export interface PressEvent {
  readonly conversationId: string;
  /** Of the card. */
  readonly sequence: number;
  readonly press: Press;
}

/** Presses of a card, ascending by number. */
export interface PressPage {
  readonly presses: readonly Press[];
  /** Whether more follow: ask again after the number of the last one. */
  readonly hasAfter: boolean;
}

/** Where a button of a card stands for this user, as far as this client knows. */
export type ButtonState = "pressing" | "pressed";

/** The buttons of cards: presses them, and tells those who sent the card. */
export class Buttons {
  readonly #connection: Connection;
  readonly #ready: () => Promise<void>;
  readonly #changed: (conversationId: string) => void;
  readonly #states = new Map<string, ButtonState>();

  /** @internal */
  constructor(
    connection: Connection,
    ready: () => Promise<void>,
    changed: (conversationId: string) => void,
  ) {
    this.#connection = connection;
    this.#ready = ready;
    this.#changed = changed;
  }

  /** What this client has done with a button; undefined: nothing. */
  stateOf(conversationId: string, sequence: number, buttonId: string): ButtonState | undefined {
    return this.#states.get(keyOf(conversationId, sequence, buttonId));
  }

  /**
   * Presses a button; resolves once that is kept. Of a button that takes one press of each user,
   * the first one is the answer for ever.
   */
  async press(conversationId: string, sequence: number, buttonId: string): Promise<Press> {
    const key = keyOf(conversationId, sequence, buttonId);
    const before = this.#states.get(key);
    this.#become(conversationId, key, "pressing");
    const value = { conversationId, sequence, buttonId, pressId: randomUuid() };
    const frame = { $case: "pressButton", value } as const;
    try {
      const { press } = await throughLosses(this.#ready, () =>
        this.#connection.requestPatiently(frame, "buttonPressed"),
      );
      if (press === undefined) {
        throw new TernError("UNEXPECTED_ANSWER", "buttonPressed without a press");
      }
      this.#become(conversationId, key, "pressed");
      return pressFrom(press);
    } catch (error) {
      this.#become(conversationId, key, before);
      throw error;
    }
  }

  /** Reads the presses on a card of one's own, after a number. */
  async list(conversationId: string, sequence: number, after = 0): Promise<PressPage> {
    await this.#ready();
    const frame = {
      $case: "listPresses",
      value: { conversationId, sequence, after, limit: 0 },
    } as const;
    const { presses, hasAfter } = await this.#connection.requestPatiently(frame, "pressPage");
    return { presses: presses.map(pressFrom), hasAfter };
  }

  /** @internal Another user. */
  forget(): void {
    this.#states.clear();
  }

  #become(conversationId: string, key: string, state: ButtonState | undefined): void {
    if (state === undefined) {
      this.#states.delete(key);
    } else {
      this.#states.set(key, state);
    }
    this.#changed(conversationId);
  }
}

/** @internal */
export function pressFrom(wire: WirePress): Press {
  const { number, userId, buttonId, value, pressedAtMs } = wire;
  return { number, userId, buttonId, value, pressedAtMs };
}

function keyOf(conversationId: string, sequence: number, buttonId: string): string {
  return `${conversationId} ${sequence} ${buttonId}`;
}
