// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import type { TernError } from "./errors.js";
import type { MessageChanged } from "./gen/tern/v1/change.js";
import type {
  EditHeaders,
  Message,
  MessageChange,
  MessageHeaders,
  MessageRights,
  SendableContent,
} from "./model.js";
import { contentOf, newMessage, NOBODY } from "./newMessage.js";
import type { OpenLive } from "./openLive.js";
import type { OpenRoomState, WatchListPage } from "./openModel.js";
import type { Outgoing } from "./outgoing.js";
import { type Posting, postingIn } from "./posting.js";
import { rightsOver, watcherRightsOver } from "./rights.js";
import { throughLosses } from "./throughLosses.js";
import { changeToWire } from "./toWire.js";
import { randomUuid } from "./uuid.js";

/** @internal What a room needs of its client. */
export interface OpenHost {
  readonly connection: Connection;
  readonly outgoing: Outgoing;
  readonly random: () => number;
  /** Resolves once connected. */
  ready(): Promise<void>;
  userId(): string;
  editWindowMs(): number;
  changed(room: OpenLive): void;
  /** Watching has ended, and not by the user's own will. */
  ended(room: OpenLive): void;
  /** Nobody watches it any more. */
  left(room: OpenLive): void;
  /** What is known of a room, from now on if not before. */
  live(conversationId: string, keep: number): OpenLive;
  problem(error: TernError): void;
}

/**
 * A live room or broadcast, kept up to date while somebody watches it here. Holds the newest
 * messages only. Get it from `client.open`.
 */
export class OpenRoom {
  readonly conversationId: string;
  readonly #keep: number;
  readonly #host: OpenHost;

  /** @internal */
  constructor(conversationId: string, keep: number, host: OpenHost) {
    this.conversationId = conversationId;
    this.#keep = keep;
    this.#host = host;
  }

  /** A new object after each change. */
  get state(): OpenRoomState {
    return this.#live.state;
  }

  /**
   * Watches, and calls `listener` at each change, until the returned function is called; once
   * nobody here watches any more, the server is told. After an `end`, asks the server once more.
   */
  watch(listener: (state: OpenRoomState) => void): () => void {
    return this.#live.watch(listener);
  }

  /** Whether the user may post now, and why not. */
  postingNow(): Posting {
    return postingIn(this.state, this.#host.userId(), Date.now());
  }

  /**
   * Posts, now or as soon as there is a connection; returns the client message id. The message
   * stands in `state.messages` at once, and its `tick` tells what becomes of it.
   */
  send(content: string | SendableContent, headers: Partial<MessageHeaders> = {}): string {
    const message = newMessage(this.#host.userId(), content, headers);
    this.#host.outgoing.add({ conversationId: this.conversationId, message });
    return message.clientMessageId;
  }

  /** Sends a failed message once more. */
  retry(clientMessageId: string): void {
    this.#host.outgoing.retry(this.conversationId, clientMessageId);
  }

  /** Forgets a failed message. */
  discard(clientMessageId: string): void {
    this.#host.outgoing.discard(this.conversationId, clientMessageId);
  }

  /** What the user may do to a message now; who watches edits and deletes their own. */
  rightsOver(message: Message): MessageRights {
    const { details, members } = this.state;
    const userId = this.#host.userId();
    const standing = {
      userId,
      role: members.find((member) => member.userId === userId)?.role,
      kind: details?.kind,
      pinRole: details?.pinRole,
      deleteRole: details?.deleteRole,
      members,
      editWindowMs: this.#host.editWindowMs(),
      nowMs: Date.now(),
    };
    return standing.role === undefined
      ? watcherRightsOver(message, standing, this.postingNow().may)
      : rightsOver(message, standing);
  }

  /** Replaces one's own message; resolves once the server has kept it, rejects with TernError. */
  edit(
    sequence: number,
    content: string | SendableContent,
    { mentions = NOBODY, metadata = {} }: EditHeaders = {},
  ): Promise<void> {
    const edited = { content: contentOf(content), mentions, metadata };
    return this.#change(sequence, { kind: "edit", editId: randomUuid(), ...edited });
  }

  /** Deletes a message for everybody. */
  delete(sequence: number): Promise<void> {
    return this.#change(sequence, { kind: "delete" });
  }

  /**
   * Loads the page before the first message here. From then on up to 2,000 messages stay, until
   * `forgetOlder`; one more than those rejects with LIMIT_REACHED.
   */
  loadOlder(): Promise<void> {
    return this.#live.loadOlder();
  }

  /** Lets go of all but the newest messages, such as when the person is back at the end. */
  forgetOlder(): void {
    this.#live.forgetOlder();
  }

  /**
   * Puts users on the list of those who may watch, or takes them off it: 1,000 each at most. For
   * owners and moderators, where access goes by list.
   */
  async changeList(change: {
    readonly add?: readonly string[];
    readonly remove?: readonly string[];
  }): Promise<{ readonly added: number; readonly removed: number }> {
    const { add = [], remove = [] } = change;
    const { conversationId } = this;
    const value = { conversationId, addUserIds: [...add], removeUserIds: [...remove] };
    await this.#host.ready();
    const frame = { $case: "changeWatchList", value } as const;
    const { added, removed } = await this.#host.connection.requestPatiently(
      frame,
      "watchListChanged",
    );
    return { added, removed };
  }

  /** Reads who stands on the list, after a user or from the first on. */
  async readList(afterUserId = ""): Promise<WatchListPage> {
    await this.#host.ready();
    const value = { conversationId: this.conversationId, afterUserId, limit: 0 };
    const frame = { $case: "readWatchList", value } as const;
    const page = await this.#host.connection.requestPatiently(frame, "watchListPage");
    return { userIds: page.userIds, hasAfter: page.hasAfter };
  }

  get #live(): OpenLive {
    return this.#host.live(this.conversationId, this.#keep);
  }

  async #change(sequence: number, change: MessageChange): Promise<void> {
    const frame = changeToWire({ conversationId: this.conversationId, sequence, ...change });
    const changed: MessageChanged = await throughLosses(
      () => this.#host.ready(),
      () => this.#host.connection.requestPatiently(frame, "messageChanged"),
    );
    this.#live.confirmed(changed);
  }
}
