// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { presenceFrom } from "./fromWire.js";
import type { PresenceUpdate } from "./gen/tern/v1/presence.js";
import type { Presence } from "./peopleModel.js";

/** The protocol's most users of one subscription. */
const MOST_WATCHED = 200;
/** A screen that is built up asks once for all that stands on it. */
const GATHER_MS = 50;
/** The server has no room now. */
const AGAIN_MS = 30_000;

/** Follows who is online among those on the screen; asks anew in each session. */
export class PresenceWatch {
  readonly presences = new Map<string, Presence>();
  readonly #connection: Connection;
  readonly #changed: () => void;
  #wanted: readonly string[] = [];
  /** What the server was asked for last in this session. */
  #asked = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, changed: () => void) {
    this.#connection = connection;
    this.#changed = changed;
  }

  /** These are on the screen now, the newest ones last; of too many the newest are followed. */
  want(userIds: readonly string[]): void {
    this.#wanted = userIds.slice(-MOST_WATCHED);
    this.#askIn(GATHER_MS);
  }

  /** Connected again. */
  resume(): void {
    this.#asked = "";
    this.#askIn(0);
  }

  /** Nobody knows who is online while nobody tells. */
  lost(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = "";
    if (this.presences.size > 0) {
      this.presences.clear();
      this.#changed();
    }
  }

  take({ presences }: PresenceUpdate): void {
    for (const presence of presences.map(presenceFrom)) {
      if (this.#wanted.includes(presence.userId)) {
        this.presences.set(presence.userId, presence);
      }
    }
    this.#changed();
  }

  #askIn(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#ask();
    }, waitMs);
  }

  async #ask(): Promise<void> {
    const userIds = [...this.#wanted];
    const asked = [...userIds].sort().join(" ");
    if (asked === this.#asked || !this.#connection.isOnline) {
      return;
    }
    this.#asked = asked;
    this.#dropOthers(userIds);
    try {
      const update = await this.#connection.requestPatiently(
        { $case: "subscribePresence", value: { userIds } },
        "presenceUpdate",
      );
      if (this.#asked === asked) {
        this.take(update);
        this.#againUnless(update.live || userIds.length === 0);
      }
    } catch {
      // Who is online is worth a few tries, and no complaint.
      if (this.#asked === asked) {
        this.#againUnless(!this.#connection.isOnline);
      }
    }
  }

  #againUnless(isDone: boolean): void {
    if (!isDone) {
      this.#asked = "";
      // What was wanted meanwhile is asked for sooner.
      if (this.#timer === undefined) {
        this.#askIn(AGAIN_MS);
      }
    }
  }

  #dropOthers(userIds: readonly string[]): void {
    for (const userId of this.presences.keys()) {
      if (!userIds.includes(userId)) {
        this.presences.delete(userId);
      }
    }
  }
}
