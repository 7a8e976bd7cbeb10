// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ClientEvents } from "./client.js";
import type { Connection } from "./connection.js";
import type { Conversation } from "./conversation.js";
import type { Emitter } from "./emitter.js";
import type { CreateOpen } from "./gen/tern/v1/open.js";
import type { ConversationOpened } from "./gen/tern/v1/conversation.js";
import type { Welcome } from "./gen/tern/v1/hello.js";
import { OpenLive } from "./openLive.js";
import type { OpenOptions, RoomOptions } from "./openModel.js";
import { type OpenHost, OpenRoom } from "./openRoom.js";
import { Outgoing } from "./outgoing.js";
import type { News } from "./session.js";
import { settingsToWire, watchRulesToWire } from "./toWire.js";

const USUALLY_KEPT = 200;
const LEAST_KEPT = 50;
const MOST_KEPT = 2_000;
/** How many rooms that nobody watches any more are remembered, for those who come back. */
const MOST_LEFT = 10;

/** @internal What the rooms need of their client. */
export interface OpenRoomsHost {
  readonly connection: Connection;
  readonly events: Emitter<ClientEvents>;
  readonly random: () => number;
  /** Resolves once connected. */
  ready(): Promise<void>;
  opened(opened: ConversationOpened): Conversation;
}

/**
 * Live rooms and broadcasts (OPEN conversations): creates and watches them. Those who run one are
 * its members and have it in their list, as `client.conversation`; any number of others watch it.
 */
export class OpenRooms {
  readonly #host: OpenRoomsHost;
  readonly #outgoing: Outgoing;
  /** Those that are watched, and those that were a while ago. */
  readonly #rooms = new Map<string, OpenLive>();
  readonly #hostOfRooms: OpenHost;
  #userId = "";
  #editWindowMs = 0;

  /** @internal */
  constructor(host: OpenRoomsHost) {
    const { connection, events, random } = host;
    this.#host = host;
    this.#outgoing = new Outgoing(connection, random, {
      changed: (conversationId) => {
        this.#rooms.get(conversationId)?.touch();
      },
      accepted: ({ conversationId, message }, accepted) => {
        this.#rooms.get(conversationId)?.accepted(message, accepted);
      },
    });
    this.#hostOfRooms = {
      ...{ connection, random },
      outgoing: this.#outgoing,
      ready: () => host.ready(),
      userId: () => this.#userId,
      editWindowMs: () => this.#editWindowMs,
      changed: ({ state }) => {
        events.emit("room", state);
      },
      ended: ({ conversationId, state }) => {
        if (state.end !== undefined) {
          events.emit("roomEnded", { conversationId, ...state.end });
        }
      },
      left: (live) => {
        // The last one to be forgotten.
        this.#rooms.delete(live.conversationId);
        this.#rooms.set(live.conversationId, live);
        this.#forgetLeft();
      },
      live: (conversationId, keep) => this.#live(conversationId, keep),
      problem: (error) => {
        events.emit("problem", error);
      },
    };
  }

  /**
   * Creates a room; the user becomes its owner. Rejects with TernError: FORBIDDEN where only the
   * app's backend creates them (`open.users_create`), CONFLICT where the key is taken.
   */
  async create(name: string, options: OpenOptions = {}): Promise<Conversation> {
    await this.#host.ready();
    const { userIds = [], key = "" } = options;
    const value: CreateOpen = {
      ...{ name, key },
      ...settingsToWire(options),
      userIds: [...userIds],
      watching: watchRulesToWire(options),
    };
    const frame = { $case: "createOpen", value } as const;
    const { connection } = this.#host;
    // Without a key a repeat may create a second room.
    const opened =
      key === ""
        ? await connection.request(frame, "conversationOpened")
        : await connection.requestPatiently(frame, "conversationOpened");
    return this.#host.opened(opened);
  }

  /** A room that the user may watch, by its id. */
  room(conversationId: string, { keep = USUALLY_KEPT }: RoomOptions = {}): OpenRoom {
    const most = Math.min(Math.max(keep, LEAST_KEPT), MOST_KEPT);
    return new OpenRoom(conversationId, most, this.#hostOfRooms);
  }

  /** @internal */
  welcomed({ userId, limits }: Welcome): void {
    if (this.#userId !== "" && this.#userId !== userId) {
      this.#outgoing.forget();
      for (const live of this.#rooms.values()) {
        live.forget();
      }
    }
    this.#userId = userId;
    this.#editWindowMs = limits?.editWindowMs ?? 0;
    this.#outgoing.resume();
    for (const live of this.#rooms.values()) {
      live.resume();
    }
  }

  /** @internal Returns whether this was all that there is to do with these news. */
  received(news: News): boolean {
    switch (news.$case) {
      case "envelope": {
        const { changes } = news.value;
        const live = this.#find(changes?.conversationId);
        if (changes === undefined || live?.isWatched !== true) {
          return false;
        }
        const wasMember = live.isMember;
        live.apply(changes);
        return !wasMember && !live.isMember;
      }
      case "catchUpPage":
        this.#find(news.value.changes?.conversationId)?.page(news.value);
        return true;
      case "watcherCount":
        this.#find(news.value.conversationId)?.counted(news.value.watchers);
        return true;
      case "unwatched":
        this.#find(news.value.conversationId)?.sentAway();
        return true;
      default:
        return false;
    }
  }

  /** @internal */
  lost(): void {
    for (const live of this.#rooms.values()) {
      live.lost();
    }
  }

  #live(conversationId: string, keep: number): OpenLive {
    const known = this.#rooms.get(conversationId);
    if (known !== undefined) {
      return known;
    }
    const live = new OpenLive(conversationId, keep, this.#hostOfRooms);
    this.#rooms.set(conversationId, live);
    this.#forgetLeft();
    return live;
  }

  /** A room that was left stays for those who come back to it soon. */
  #forgetLeft(): void {
    const left = [...this.#rooms.values()].filter(({ isWatched }) => !isWatched);
    for (const { conversationId } of left.slice(0, -MOST_LEFT)) {
      this.#rooms.delete(conversationId);
    }
  }

  #find(conversationId: string | undefined): OpenLive | undefined {
    return this.#rooms.get(conversationId ?? "");
  }
}
