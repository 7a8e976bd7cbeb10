// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import type { Profile as WireProfile } from "./gen/tern/v1/user.js";
import type { Profile } from "./peopleModel.js";

/** The protocol's most users of one request. */
const MOST_ASKED = 100;
const GATHER_MS = 50;
/** Of more than these none is kept between two lives of the client. */
const MOST_KEPT = 500;
/** Whoever comes back to the screen sooner is not read again. */
const FRESH_MS = 60_000;

/** The profiles of those who are or were on the screen; read once a session, then kept by news. */
export class Profiles {
  readonly known = new Map<string, Profile>();
  readonly #connection: Connection;
  readonly #changed: () => void;
  readonly #wanted = new Set<string>();
  /** The live room in which each was shown last: there one sees who speaks. */
  readonly #rooms = new Map<string, string>();
  /** When each was read last in this session, in local milliseconds. */
  readonly #readMs = new Map<string, number>();
  #isGathering = false;

  constructor(connection: Connection, changed: () => void) {
    this.#connection = connection;
    this.#changed = changed;
  }

  /**
   * Reads these soon, who are shown in that live room, if in any; what fails now is read when they
   * are next shown, or in the next session.
   */
  want(userIds: readonly string[], roomId = ""): void {
    const nowMs = Date.now();
    for (const userId of userIds) {
      this.#shownLast(userId);
      const isNewThere = this.#isNewIn(roomId, userId);
      const readMs = this.#readMs.get(userId);
      if (isNewThere || readMs === undefined || nowMs - readMs > FRESH_MS) {
        this.#wanted.add(userId);
      }
    }
    if (!this.#isGathering) {
      this.#isGathering = true;
      setTimeout(() => {
        this.#isGathering = false;
        void this.#readWanted();
      }, GATHER_MS);
    }
  }

  /** Reads at most 100 users' profiles; who has none, or whom one may not see, is left out. */
  async read(userIds: readonly string[], conversationId = ""): Promise<Profile[]> {
    const value = { userIds: [...userIds], conversationId };
    const before = new Map(userIds.map((userId) => [userId, this.known.get(userId)]));
    const { profiles } = await this.#connection.requestPatiently(
      { $case: "readProfiles", value },
      "profiles",
    );
    this.#drop(before, profiles);
    this.take(profiles);
    return profiles;
  }

  /** Takes newer states; an older one changes nothing. */
  take(profiles: readonly WireProfile[]): void {
    const newer = profiles.filter(
      ({ userId, changedAtMs }) => changedAtMs >= (this.known.get(userId)?.changedAtMs ?? 0),
    );
    for (const profile of newer) {
      this.known.set(profile.userId, profile);
    }
    if (newer.length > 0) {
      this.#changed();
    }
  }

  /** Of those who were shown last, as many as are kept. */
  lastShown(): readonly Profile[] {
    return [...this.known.values()].slice(-MOST_KEPT);
  }

  /** Nobody tells what changes while the connection is lost. */
  lost(): void {
    this.#readMs.clear();
  }

  forget(): void {
    this.known.clear();
    this.#wanted.clear();
    this.#rooms.clear();
  }

  async #readWanted(): Promise<void> {
    const wanted = new Map<string, string[]>();
    for (const userId of this.#wanted) {
      const roomId = this.#rooms.get(userId) ?? "";
      wanted.set(roomId, [...(wanted.get(roomId) ?? []), userId]);
    }
    this.#wanted.clear();
    if (!this.#connection.isOnline) {
      return;
    }
    for (const [roomId, userIds] of wanted) {
      for (let at = 0; at < userIds.length; at += MOST_ASKED) {
        const some = userIds.slice(at, at + MOST_ASKED);
        await this.read(some, roomId).then(
          () => {
            this.#wereRead(some);
          },
          () => undefined,
        );
      }
    }
  }

  /** Notes the room; whether it may show them otherwise than before. */
  #isNewIn(roomId: string, userId: string): boolean {
    if (roomId === "" || this.#rooms.get(userId) === roomId) {
      return false;
    }
    this.#rooms.set(userId, roomId);
    return true;
  }

  #shownLast(userId: string): void {
    const profile = this.known.get(userId);
    if (profile !== undefined) {
      this.known.delete(userId);
      this.known.set(userId, profile);
    }
  }

  /** Who was asked for and has none any more; not who was told anew meanwhile. */
  #drop(
    asked: ReadonlyMap<string, Profile | undefined>,
    answered: readonly { readonly userId: string }[],
  ): void {
    const found = new Set(answered.map(({ userId }) => userId));
    let isNews = false;
    for (const [userId, profile] of asked) {
      if (profile !== undefined && !found.has(userId) && this.known.get(userId) === profile) {
        this.known.delete(userId);
        isNews = true;
      }
    }
    if (isNews) {
      this.#changed();
    }
  }

  #wereRead(userIds: readonly string[]): void {
    const nowMs = Date.now();
    for (const userId of userIds) {
      this.#readMs.set(userId, nowMs);
    }
  }
}
