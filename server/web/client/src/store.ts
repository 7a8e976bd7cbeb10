// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { Acknowledger } from "./acknowledger.js";
import type { ClientEvents } from "./client.js";
import type { Connection } from "./connection.js";
import { Conversation, type ConversationHost } from "./conversation.js";
import type { Emitter } from "./emitter.js";
import { TernError } from "./errors.js";
import { errorName, messageFrom } from "./fromWire.js";
import type { Welcome } from "./gen/tern/v1/hello.js";
import {
  InboxList,
  type InboxEntry,
  type InboxPage,
  type InboxUpdate,
} from "./gen/tern/v1/inbox.js";
import type { Changes } from "./gen/tern/v1/message.js";
import { Inbox } from "./inbox.js";
import { Outgoing } from "./outgoing.js";
import { OutgoingChanges } from "./outgoingChanges.js";
import { ReadMarks } from "./readMarks.js";
import type { News } from "./session.js";
import type { StateStorage } from "./storage.js";
import { Typing } from "./typing.js";

const SAVE_AFTER_MS = 100;
const INBOX_PAGE = 100;

/** What the client knows. Takes each piece of news to the part that it concerns. */
export class Store {
  readonly inbox: Inbox;
  userId = "";
  inboxCursor = "";
  #editWindowMs = 0;
  readonly #connection: Connection;
  readonly #events: Emitter<ClientEvents>;
  readonly #storage: StateStorage;
  readonly #acknowledger: Acknowledger;
  readonly #typing: Typing;
  readonly #outgoing: Outgoing;
  readonly #changes: OutgoingChanges;
  readonly #reads: ReadMarks;
  readonly #conversations = new Map<string, Conversation>();
  readonly #host: ConversationHost;
  #isSaving = false;

  constructor(
    connection: Connection,
    events: Emitter<ClientEvents>,
    storage: StateStorage,
    random: () => number,
  ) {
    this.#connection = connection;
    this.#events = events;
    this.#storage = storage;
    this.#acknowledger = new Acknowledger(connection);
    const touch = (conversationId: string): void => {
      this.#conversations.get(conversationId)?.touch();
      this.#saveSoon();
    };
    this.#typing = new Typing(connection, touch);
    this.#outgoing = new Outgoing(connection, random, {
      changed: touch,
      accepted: ({ conversationId, message }, accepted) => {
        this.conversation(conversationId).accepted(message, accepted);
      },
    });
    this.#changes = new OutgoingChanges(connection, random, {
      changed: touch,
      confirmed: (changed) => {
        this.conversation(changed.conversationId).confirmed(changed);
      },
      refused: (error) => {
        events.emit("problem", error);
      },
    });
    this.#reads = new ReadMarks(connection, (answer) => {
      this.inbox.markedRead(answer);
    });
    this.inbox = new Inbox(() => {
      events.emit("inbox", this.inbox.state);
      this.#saveSoon();
    });
    this.#host = this.#hostOfConversations();
  }

  conversation(conversationId: string): Conversation {
    const known = this.#conversations.get(conversationId);
    const conversation = known ?? new Conversation(conversationId, this.#host);
    this.#conversations.set(conversationId, conversation);
    return conversation;
  }

  welcomed(welcome: Welcome): void {
    if (this.userId !== "" && this.userId !== welcome.userId) {
      this.#forget();
      void this.#listInbox();
    } else if (welcome.inbox !== undefined) {
      void this.#takeInbox(welcome.inbox);
    }
    this.userId = welcome.userId;
    this.#editWindowMs = welcome.limits?.editWindowMs ?? 0;
    this.#outgoing.resume();
    this.#changes.resume();
    this.#reads.resume();
    for (const conversation of this.#conversations.values()) {
      conversation.resume();
    }
  }

  received(news: News): void {
    switch (news.$case) {
      case "envelope":
        if (news.value.changes !== undefined) {
          this.#takeChanges(news.value.changes);
        }
        return;
      case "inboxUpdate":
        this.#takeInboxUpdate(news.value);
        return;
      case "receipt":
        this.#conversations.get(news.value.conversationId)?.applyMarkers(news.value.markers);
        return;
      case "typing":
        if (news.value.userId !== this.userId) {
          this.#typing.heard(news.value.conversationId, news.value.userId, news.value.typing);
        }
        return;
      case "error": {
        const { code, message, mayRetry, retryAfterMs } = news.value;
        const error = new TernError(errorName(code), message, mayRetry, retryAfterMs);
        this.#events.emit("problem", error);
        return;
      }
      default:
      // News of a kind that a later version knows.
    }
  }

  lost(): void {
    this.#acknowledger.lost();
    this.#typing.lost();
    for (const conversation of this.#conversations.values()) {
      conversation.lost();
    }
  }

  /** The user has left a conversation by themselves. */
  left(conversationId: string): void {
    this.inbox.remove(conversationId);
    this.#conversations.get(conversationId)?.gone();
  }

  async restore(): Promise<void> {
    const stored = await this.#storage.load().catch(() => undefined);
    if (stored === undefined) {
      return;
    }
    this.userId = stored.userId;
    this.inboxCursor = stored.inboxCursor;
    this.#editWindowMs = stored.editWindowMs;
    for (const conversation of stored.conversations) {
      this.conversation(conversation.conversationId).restore(conversation);
    }
    this.inbox.restore(stored.entries, stored.badge);
    for (const outgoing of stored.outgoing) {
      this.#outgoing.add(outgoing);
    }
    this.#changes.restore(stored.changes);
    for (const [conversationId, sequence] of stored.unconfirmedReads) {
      this.#reads.mark(conversationId, sequence);
    }
  }

  #takeChanges(changes: Changes): void {
    const { conversationId, through, sequence } = changes;
    const knownSequence = this.inbox.entry(conversationId)?.sequence ?? 0;
    const fresh = changes.messages.filter((message) => message.sequence > knownSequence);
    for (const { senderId } of fresh) {
      this.#typing.heard(conversationId, senderId, false);
    }
    this.#conversations.get(conversationId)?.apply(changes);
    this.inbox.applyChanges(changes);
    this.#acknowledger.acknowledge(conversationId, through, sequence);
    for (const wire of fresh) {
      if (wire.senderId !== this.userId) {
        this.#events.emit("message", { conversationId, message: messageFrom(wire) });
      }
    }
    this.#saveSoon();
  }

  /** What stands in the list, this device knows of. */
  #takeEntries(entries: readonly InboxEntry[]): void {
    for (const { conversation, removed, revision, sequence, marker } of entries) {
      const conversationId = conversation?.conversationId ?? "";
      const known = this.#conversations.get(conversationId);
      if (removed) {
        known?.gone();
        continue;
      }
      known?.standsAt(revision);
      if (marker !== undefined) {
        known?.applyMarkers([{ ...marker, userId: this.userId }]);
      }
      if (sequence > (marker?.delivered ?? 0)) {
        this.#acknowledger.acknowledge(conversationId, revision, sequence);
      }
    }
  }

  #takeInboxUpdate(update: InboxUpdate): void {
    this.inbox.applyUpdate(update);
    this.#takeEntries(update.entries);
  }

  async #listInbox(): Promise<void> {
    const value = { where: undefined, limit: INBOX_PAGE, list: InboxList.MAIN };
    const frame = { $case: "listInbox", value } as const;
    await this.#takeInbox(await this.#connection.request(frame, "inboxPage"));
  }

  /** Takes a list with all its pages; only then its cursor counts. */
  async #takeInbox(first: InboxPage): Promise<void> {
    if (first.reset) {
      this.inbox.forget();
    }
    let page = first;
    try {
      for (;;) {
        this.inbox.applyPage(page);
        this.#takeEntries(page.entries);
        if (page.nextPage === "") {
          break;
        }
        const where = { $case: "page", value: page.nextPage } as const;
        const value = { where, limit: INBOX_PAGE, list: InboxList.MAIN };
        const frame = { $case: "listInbox", value } as const;
        page = await this.#connection.request(frame, "inboxPage");
      }
      this.inboxCursor = first.cursor;
      this.#saveSoon();
    } catch (error) {
      // The next Welcome brings the same list, since the cursor did not move.
      if (error instanceof TernError && error.code !== "CONNECTION_LOST") {
        this.#events.emit("problem", error);
      }
    }
  }

  #hostOfConversations(): ConversationHost {
    return {
      connection: this.#connection,
      outgoing: this.#outgoing,
      changes: this.#changes,
      typing: this.#typing,
      userId: () => this.userId,
      editWindowMs: () => this.#editWindowMs,
      changed: (conversation) => {
        this.#events.emit("conversation", conversation.state);
        this.#saveSoon();
      },
      readUpTo: (conversationId, sequence) => {
        this.inbox.readAll(conversationId, sequence);
        this.#reads.mark(conversationId, sequence);
      },
      caughtUp: ({ conversationId, position }) => {
        if (position !== undefined) {
          const { revision, sequence } = position;
          this.#acknowledger.acknowledge(conversationId, revision, sequence);
        }
      },
    };
  }

  #forget(): void {
    this.inbox.forget();
    this.inboxCursor = "";
    this.#outgoing.forget();
    this.#changes.forget();
    this.#reads.forget();
    for (const conversation of this.#conversations.values()) {
      conversation.gone();
    }
    this.#conversations.clear();
  }

  #saveSoon(): void {
    if (this.#isSaving) {
      return;
    }
    this.#isSaving = true;
    setTimeout(() => {
      this.#isSaving = false;
      this.#save();
    }, SAVE_AFTER_MS);
  }

  #save(): void {
    const { entries, badge, isLoaded } = this.inbox.state;
    if (!isLoaded) {
      return;
    }
    const state = {
      version: 3,
      userId: this.userId,
      inboxCursor: this.inboxCursor,
      editWindowMs: this.#editWindowMs,
      badge,
      entries,
      conversations: [...this.#conversations.values()].map((one) => one.stored()),
      outgoing: this.#outgoing.all,
      changes: this.#changes.all,
      unconfirmedReads: this.#reads.unconfirmed,
    } as const;
    this.#storage.save(state).catch(() => undefined);
  }
}
