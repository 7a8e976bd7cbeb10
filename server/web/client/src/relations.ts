// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import type { People as PeoplePage, RelationChanged } from "./gen/tern/v1/user.js";

const PAGE = 100;

/** Whom the user has blocked or muted, on any of their devices. */
export class Relations {
  blocked: ReadonlySet<string> = new Set();
  muted: ReadonlySet<string> = new Set();
  readonly #connection: Connection;
  readonly #changed: () => void;
  #isWanted = false;

  constructor(connection: Connection, changed: () => void) {
    this.#connection = connection;
    this.#changed = changed;
  }

  /** Somebody shows them: from now on they are read in each session. */
  want(): void {
    if (!this.#isWanted) {
      this.#isWanted = true;
      void this.#read();
    }
  }

  /** Connected again. */
  resume(): void {
    if (this.#isWanted) {
      void this.#read();
    }
  }

  async block(userId: string, blocked: boolean): Promise<void> {
    const frame = { $case: "blockUser", value: { userId, blocked } } as const;
    this.take(await this.#connection.requestPatiently(frame, "relationChanged"));
  }

  async mute(userId: string, muted: boolean): Promise<void> {
    const frame = { $case: "muteUser", value: { userId, muted } } as const;
    this.take(await this.#connection.requestPatiently(frame, "relationChanged"));
  }

  take({ userId, blocked, muted }: RelationChanged): void {
    this.blocked = withOrWithout(this.blocked, userId, blocked);
    this.muted = withOrWithout(this.muted, userId, muted);
    this.#changed();
  }

  forget(): void {
    this.blocked = new Set();
    this.muted = new Set();
  }

  async #read(): Promise<void> {
    if (!this.#connection.isOnline) {
      return;
    }
    try {
      const [blocked, muted] = await Promise.all([
        this.#all((page) => this.#pageOf("listBlocked", page)),
        this.#all((page) => this.#pageOf("listMuted", page)),
      ]);
      this.blocked = blocked;
      this.muted = muted;
      this.#changed();
    } catch {
      // The next session reads them again.
    }
  }

  #pageOf($case: "listBlocked" | "listMuted", page: string): Promise<PeoplePage> {
    return this.#connection.requestPatiently({ $case, value: { page, limit: PAGE } }, "people");
  }

  async #all(read: (page: string) => Promise<PeoplePage>): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    let page = "";
    do {
      const { people, nextPage } = await read(page);
      for (const { userId } of people) {
        found.add(userId);
      }
      page = nextPage;
    } while (page !== "");
    return found;
  }
}

function withOrWithout(
  all: ReadonlySet<string>,
  userId: string,
  isIn: boolean,
): ReadonlySet<string> {
  const others = [...all].filter((one) => one !== userId);
  return new Set(isIn ? [...others, userId] : others);
}
