// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import { detailsFrom, memberFrom } from "./fromWire.js";
import type { ConversationOpened } from "./gen/tern/v1/conversation.js";
import type { Accepted, CatchUpPage, Changes } from "./gen/tern/v1/message.js";
import type {
  ConversationState,
  Marker,
  Message,
  MessageHeaders,
  SendableContent,
} from "./model.js";
import type { Outgoing } from "./outgoing.js";
import type { StoredConversation } from "./storage.js";
import { Timeline } from "./timeline.js";
import { TimelineView } from "./timelineView.js";
import type { Typing } from "./typing.js";
import { randomUuid } from "./uuid.js";

const MOST_HISTORY_TRIES = 3;
const HISTORY_PAGE = 50;
const MOST_STORED_MESSAGES = 100;
const USUAL_RETRY_MS = 1_000;

/** @internal What a conversation needs of its client. */
export interface ConversationHost {
  readonly connection: Connection;
  readonly outgoing: Outgoing;
  readonly typing: Typing;
  userId(): string;
  changed(conversation: Conversation): void;
  readUpTo(conversationId: string, sequence: number): void;
  caughtUp(conversation: Conversation): void;
}

/** One conversation, kept up to date while someone listens to it. Get it from the client. */
export class Conversation {
  readonly conversationId: string;
  readonly #host: ConversationHost;
  readonly #timeline = new Timeline();
  readonly #view: TimelineView;
  readonly #listeners = new Set<(state: ConversationState) => void>();
  /** Accepted, but their envelope has not come yet. */
  #accepted: readonly Message[] = [];
  #state: ConversationState | undefined;
  #isCatchingUp = false;
  #isCurrent = false;
  #isGone = false;
  #loadingOlder: Promise<void> | undefined;

  /** @internal */
  constructor(conversationId: string, host: ConversationHost) {
    this.conversationId = conversationId;
    this.#host = host;
    this.#view = new TimelineView(this.#timeline);
  }

  /** A new object after each change. */
  get state(): ConversationState {
    this.#state ??= this.#snapshot();
    return this.#state;
  }

  /** Calls `listener` at each change until the returned function is called. */
  subscribe(listener: (state: ConversationState) => void): () => void {
    this.#listeners.add(listener);
    this.#catchUpIfWatched();
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /**
   * Sends a message, now or as soon as there is a connection; returns its client message id. It
   * stands in `state.messages` at once, and its `tick` tells what becomes of it.
   */
  send(content: string | SendableContent, headers: Partial<MessageHeaders> = {}): string {
    const message: Message = {
      sequence: 0,
      revision: 0,
      senderId: this.#host.userId(),
      clientMessageId: randomUuid(),
      createdAtMs: Date.now(),
      editedAtMs: 0,
      deletedAtMs: 0,
      content: typeof content === "string" ? { type: "text", text: content } : content,
      mentions: { userIds: [], everyone: false },
      countable: true,
      silent: false,
      urgent: false,
      replyTo: 0,
      metadata: {},
      ...headers,
    };
    this.#host.typing.sent(this.conversationId);
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

  /** Tells that the user has read up to a sequence, or all that is here. */
  markRead(sequence = this.#timeline.position?.sequence ?? 0): void {
    const userId = this.#host.userId();
    if (sequence > (this.#timeline.markers.get(userId)?.read ?? 0)) {
      this.#timeline.applyMarkers([{ userId, delivered: sequence, read: sequence }]);
      this.#touched();
      this.#host.readUpTo(this.conversationId, sequence);
    }
  }

  /** To be called at each key stroke (true), and when the text was cleared (false). */
  setTyping(typing: boolean): void {
    this.#host.typing.tell(this.conversationId, typing);
  }

  /** Loads the page before the first message here; rejects with TernError. */
  loadOlder(): Promise<void> {
    this.#loadingOlder ??= this.#readOlder().finally(() => {
      this.#loadingOlder = undefined;
    });
    return this.#loadingOlder;
  }

  /** @internal The server has kept a message; its envelope follows, or is here already. */
  accepted(message: Message, accepted: Accepted): void {
    const { sequence, revision, createdAtMs } = accepted;
    if (sequence > (this.#timeline.position?.sequence ?? 0)) {
      this.#accepted = [...this.#accepted, { ...message, sequence, revision, createdAtMs }];
    }
    this.#touched();
  }

  /** @internal A live step has come. */
  apply(changes: Changes): void {
    const applied = this.#timeline.apply(changes);
    if (applied === "applied") {
      this.#taken(changes);
      this.#touched();
    } else if (applied === "missed") {
      this.#isCurrent = false;
      this.#catchUpIfWatched();
    }
  }

  /** @internal */
  applyMarkers(markers: readonly Marker[]): void {
    if (this.#timeline.applyMarkers(markers)) {
      this.#touched();
    }
  }

  /** @internal The answer to a request that opened or read this conversation. */
  applyOpened(opened: ConversationOpened): void {
    if (opened.conversation !== undefined) {
      this.#timeline.details = detailsFrom(opened.conversation);
    }
    this.#timeline.setMembers(opened.members.map(memberFrom));
    this.#isGone = false;
    this.#touched();
  }

  /** @internal The inbox says where the conversation stands; it may have come back. */
  standsAt(revision: number): void {
    if (this.#isGone || (this.#timeline.position?.revision ?? -1) < revision) {
      this.#isGone = false;
      this.#isCurrent = false;
      this.#catchUpIfWatched();
    }
  }

  /** @internal The user is no longer a member. */
  gone(): void {
    this.#timeline.forget();
    this.#accepted = [];
    this.#isGone = true;
    this.#touched();
  }

  /** @internal A new session: nobody knows what was missed. */
  resume(): void {
    this.#isCurrent = false;
    this.#catchUpIfWatched();
  }

  /** @internal */
  lost(): void {
    this.#isCurrent = false;
    this.#isCatchingUp = false;
    this.#touched();
  }

  /** @internal Something that shows here has changed elsewhere: outgoing messages, typing. */
  touch(): void {
    this.#touched();
  }

  /** @internal */
  stored(): StoredConversation {
    const { position, details, members, markers, messages, hasBefore } = this.#timeline;
    return {
      conversationId: this.conversationId,
      position,
      details,
      hasBefore: hasBefore || messages.length > MOST_STORED_MESSAGES,
      members: [...members.values()],
      markers: [...markers.values()],
      messages: messages.slice(-MOST_STORED_MESSAGES),
    };
  }

  /** @internal */
  restore(stored: StoredConversation): void {
    this.#timeline.restore(stored.position, stored.messages);
    this.#timeline.details = stored.details;
    this.#timeline.hasBefore = stored.hasBefore;
    this.#timeline.setMembers(stored.members);
    this.#timeline.applyMarkers(stored.markers);
    this.#touched();
  }

  /** @internal */
  get position(): Timeline["position"] {
    return this.#timeline.position;
  }

  #catchUpIfWatched(): void {
    const isWatched = this.#listeners.size > 0;
    const mayAsk = !this.#isCurrent && !this.#isCatchingUp && !this.#isGone;
    if (isWatched && mayAsk && this.#host.connection.isOnline) {
      this.#isCatchingUp = true;
      void this.#catchUp();
    }
  }

  async #catchUp(): Promise<void> {
    const { conversationId } = this;
    const value = { conversationId, position: this.#timeline.position };
    try {
      await this.#host.connection.requestAll({ $case: "catchUp", value }, "catchUpPage", (page) =>
        this.#takePage(page),
      );
      this.#isCurrent = true;
      this.#isCatchingUp = false;
      this.#host.caughtUp(this);
      this.#touched();
      await this.#readMissingMembers();
    } catch (error) {
      this.#catchUpFailed(error);
    }
  }

  #takePage(page: CatchUpPage): boolean {
    if (this.#timeline.applyPage(page) === "missed") {
      throw new TernError("UNEXPECTED_ANSWER", "a catch-up page leaves a gap", true);
    }
    if (page.changes !== undefined) {
      this.#taken(page.changes);
    }
    this.#touched();
    return page.live;
  }

  #catchUpFailed(error: unknown): void {
    if (!(error instanceof TernError) || error.code === "CONNECTION_LOST") {
      return;
    }
    this.#isCatchingUp = false;
    if (error.mayRetry) {
      const waitMs = error.retryAfterMs || USUAL_RETRY_MS;
      setTimeout(() => {
        this.#catchUpIfWatched();
      }, waitMs);
    } else if (error.code === "NOT_FOUND") {
      this.gone();
    }
  }

  /** A first page may leave out members of a large group. */
  async #readMissingMembers(): Promise<void> {
    if (this.#timeline.members.size < (this.#timeline.details?.memberCount ?? 0)) {
      const value = { conversationId: this.conversationId };
      const frame = { $case: "readConversation", value } as const;
      this.applyOpened(await this.#host.connection.requestPatiently(frame, "conversationOpened"));
    }
  }

  async #readOlder(): Promise<void> {
    const { conversationId } = this;
    for (let tries = 0; this.#timeline.hasBefore && tries < MOST_HISTORY_TRIES; tries++) {
      const before = this.#timeline.messages[0]?.sequence ?? 0;
      const where = { $case: "before", value: before } as const;
      const value = { conversationId, where, limit: HISTORY_PAGE };
      const page = await this.#host.connection.requestPatiently(
        { $case: "readHistory", value },
        "historyPage",
      );
      if (this.#timeline.addHistory(page)) {
        this.#touched();
        return;
      }
    }
  }

  #taken(changes: Changes): void {
    const known = this.#timeline.position?.sequence ?? 0;
    this.#accepted = this.#accepted.filter(({ sequence }) => sequence > known);
    const userId = this.#host.userId();
    for (const { senderId, clientMessageId } of changes.messages) {
      if (senderId === userId) {
        this.#host.outgoing.seen(this.conversationId, clientMessageId);
      }
    }
    if (changes.members.find((member) => member.userId === userId)?.removed === true) {
      this.gone();
    }
  }

  #touched(): void {
    this.#state = undefined;
    this.#host.changed(this);
    for (const listener of [...this.#listeners]) {
      listener(this.state);
    }
  }

  #snapshot(): ConversationState {
    const { details, members, markers, hasBefore, position } = this.#timeline;
    const userId = this.#host.userId();
    return {
      conversationId: this.conversationId,
      ...(details && { details }),
      members: [...members.values()],
      messages: this.#view.messages(
        userId,
        this.#accepted,
        this.#host.outgoing.in(this.conversationId),
      ),
      markers: new Map(markers),
      typing: this.#host.typing.in(this.conversationId),
      hasBefore,
      isLoaded: position !== undefined,
      isBehind: !this.#isCurrent,
      isGone: this.#isGone,
    };
  }
}
