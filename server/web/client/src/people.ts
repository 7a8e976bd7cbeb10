// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import { preferencesFrom } from "./fromWire.js";
import type {
  PeopleState,
  Preferences,
  PreferencesChange,
  Profile,
  ProfileChange,
  ReportReason,
  ReportSubject,
} from "./peopleModel.js";
import { PresenceWatch } from "./presenceWatch.js";
import { Profiles } from "./profiles.js";
import { Relations } from "./relations.js";
import type { News } from "./session.js";
import { preferencesToWire, reasonToWire } from "./toWire.js";
import { randomUuid } from "./uuid.js";

/** @internal What people need of their client. */
export interface PeopleHost {
  readonly connection: Connection;
  /** Resolves once connected. */
  ready(): Promise<void>;
  changed(state: PeopleState): void;
}

/** The people on the screen: how they are shown, whether they are online, whom one avoids. */
export class People {
  readonly #host: PeopleHost;
  readonly #profiles: Profiles;
  readonly #presence: PresenceWatch;
  readonly #relations: Relations;
  /** How many show each user; those shown last stand last. */
  readonly #watched = new Map<string, number>();
  #preferences: Preferences | undefined;
  #userId = "";
  #state: PeopleState | undefined;

  /** @internal */
  constructor(host: PeopleHost) {
    this.#host = host;
    const changed = (): void => {
      this.#touched();
    };
    this.#profiles = new Profiles(host.connection, changed);
    this.#presence = new PresenceWatch(host.connection, changed);
    this.#relations = new Relations(host.connection, changed);
  }

  /** A new object after each change. */
  get state(): PeopleState {
    this.#state ??= {
      profiles: new Map(this.#profiles.known),
      presences: new Map(this.#presence.presences),
      blocked: this.#relations.blocked,
      muted: this.#relations.muted,
      ...(this.#preferences && { preferences: this.#preferences }),
    };
    return this.#state;
  }

  /**
   * Keeps `state` right for users who are on the screen, until the returned function is called:
   * reads their profiles, follows whether they are online (200 at most), and whom one blocked. Of
   * a live room that one watches, named by `roomId`, those who speak there are seen too.
   */
  watch(userIds: readonly string[], roomId = ""): () => void {
    const shown = [...new Set(userIds)].filter((userId) => userId !== "");
    this.#relations.want();
    this.#profiles.want(shown, roomId);
    for (const userId of shown) {
      const count = this.#watched.get(userId) ?? 0;
      this.#watched.delete(userId);
      this.#watched.set(userId, count + 1);
    }
    this.#follow();
    let isOver = false;
    return () => {
      if (!isOver) {
        isOver = true;
        this.#unwatch(shown);
      }
    };
  }

  /**
   * Reads up to 100 users' profiles now; who has none, or shares nothing with one, is left out. Of
   * a live room that one watches, those who speak there are not: their names and images are read.
   */
  async readProfiles(userIds: readonly string[], roomId = ""): Promise<readonly Profile[]> {
    await this.#host.ready();
    return this.#profiles.read(userIds, roomId);
  }

  /** Changes one's own profile, or makes it; resolves with it. */
  async updateProfile(change: ProfileChange): Promise<Profile> {
    await this.#host.ready();
    const { metadata, ...others } = change;
    const value = { ...others, metadata: metadata && { entries: { ...metadata } } };
    const frame = { $case: "updateProfile", value } as const;
    const { profiles } = await this.#host.connection.requestPatiently(frame, "profiles");
    this.#profiles.take(profiles);
    const [own] = profiles;
    if (own === undefined) {
      throw new TernError("UNEXPECTED_ANSWER", "profiles without one's own");
    }
    return own;
  }

  /** Blocks a user: nothing goes between the two of them, and neither sees the other's presence. */
  block(userId: string): Promise<void> {
    return this.#relate(() => this.#relations.block(userId, true));
  }

  unblock(userId: string): Promise<void> {
    return this.#relate(() => this.#relations.block(userId, false));
  }

  /** Mutes a user for oneself alone: they bring no push, and are not shown as typing. */
  mute(userId: string): Promise<void> {
    return this.#relate(() => this.#relations.mute(userId, true));
  }

  unmute(userId: string): Promise<void> {
    return this.#relate(() => this.#relations.mute(userId, false));
  }

  async readPreferences(): Promise<Preferences> {
    await this.#host.ready();
    const frame = { $case: "readPreferences", value: {} } as const;
    return this.#prefer(await this.#host.connection.requestPatiently(frame, "preferences"));
  }

  /** Resolves with all of them as they are then. */
  async updatePreferences(change: PreferencesChange): Promise<Preferences> {
    await this.#host.ready();
    const frame = { $case: "updatePreferences", value: preferencesToWire(change) } as const;
    return this.#prefer(await this.#host.connection.requestPatiently(frame, "preferences"));
  }

  /** Puts a message or a person before the app's moderators; nobody else hears of it. */
  async report(subject: ReportSubject, reason: ReportReason, text = ""): Promise<void> {
    await this.#host.ready();
    const nothing = { userId: "", conversationId: "", sequence: 0 };
    const reportId = randomUuid();
    const value = { ...nothing, ...subject, reportId, reason: reasonToWire(reason), text };
    const frame = { $case: "report", value } as const;
    await this.#host.connection.requestPatiently(frame, "reported");
  }

  /** @internal A new session: what is shown is asked for anew. */
  welcomed(before: string, userId: string): void {
    if (before !== "" && before !== userId) {
      this.#profiles.forget();
      this.#relations.forget();
      this.#preferences = undefined;
      this.#touched();
    }
    this.#userId = userId;
    this.#relations.resume();
    if (this.#watched.size > 0) {
      this.#profiles.want([...this.#watched.keys()]);
      this.#follow();
      this.#presence.resume();
    }
    if (this.#preferences !== undefined) {
      this.readPreferences().catch(() => undefined);
    }
  }

  /** @internal What an earlier life of this client knew. */
  restore(profiles: readonly Profile[]): void {
    this.#profiles.take(profiles);
  }

  /** @internal */
  stored(): readonly Profile[] {
    return this.#profiles.lastShown();
  }

  /** @internal Returns whether the news were about people. */
  received(news: News): boolean {
    switch (news.$case) {
      case "profiles":
        this.#profiles.take(news.value.profiles);
        return true;
      case "presenceUpdate":
        this.#presence.take(news.value);
        return true;
      case "relationChanged":
        this.#relations.take(news.value);
        return true;
      case "preferences":
        this.#prefer(news.value);
        return true;
      default:
        return false;
    }
  }

  /** @internal */
  lost(): void {
    this.#presence.lost();
    this.#profiles.lost();
  }

  async #relate(act: () => Promise<void>): Promise<void> {
    await this.#host.ready();
    await act();
  }

  #prefer(wire: Parameters<typeof preferencesFrom>[0]): Preferences {
    this.#preferences = preferencesFrom(wire);
    this.#touched();
    return this.#preferences;
  }

  #unwatch(userIds: readonly string[]): void {
    for (const userId of userIds) {
      const count = (this.#watched.get(userId) ?? 0) - 1;
      if (count > 0) {
        this.#watched.set(userId, count);
      } else {
        this.#watched.delete(userId);
      }
    }
    this.#follow();
  }

  /** One's own presence is no news to oneself. */
  #follow(): void {
    this.#presence.want([...this.#watched.keys()].filter((userId) => userId !== this.#userId));
  }

  #touched(): void {
    this.#state = undefined;
    this.#host.changed(this.state);
  }
}
