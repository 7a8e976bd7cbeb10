// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { Acknowledger } from "./acknowledger.js";
import type { ClientEvents } from "./client.js";
import type { Connection } from "./connection.js";
import { pressFrom } from "./buttons.js";
import { Conversation } from "./conversation.js";
import type { ConversationHost } from "./conversationHost.js";
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
import type { Receipt } from "./gen/tern/v1/receipt.js";
import { Inbox, type InboxListener } from "./inbox.js";
import { Outgoing } from "./outgoing.js";
import { OutgoingChanges } from "./outgoingChanges.js";
import { Own, type OwnHost } from "./own.js";
import { OVERTAKEN_MS, ReadMarks } from "./readMarks.js";
import type { News } from "./session.js";
import type { StateStorage } from "./storage.js";
import { Typing } from "./typing.js";

const SAVE_AFTER_MS = 100;
const INBOX_PAGE = 100;

/** What the client knows. Takes each piece of news to the part that it concerns. */
export class Store {
  readonly inbox: Inbox;
  readonly own: Own;
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
  #doubt: ReturnType<typeof setTimeout> | undefined;
  readonly #touch = (conversationId: string): void => {
    this.#conversations.get(conversationId)?.touch();
    this.#saveSoon();
  };

  constructor(
    connection: Connection,
    events: Emitter<ClientEvents>,
    storage: StateStorage,
    random: () => number,
    ready: () => Promise<void>,
  ) {
    this.#connection = connection;
    this.#events = events;
    this.#storage = storage;
    this.#acknowledger = new Acknowledger(connection);
    this.#typing = new Typing(connection, this.#touch);
    this.#outgoing = new Outgoing(connection, random, {
      changed: this.#touch,
      accepted: ({ conversationId, message }, accepted) => {
        this.conversation(conversationId).accepted(message, accepted);
      },
    });
    this.#changes = new OutgoingChanges(connection, random, {
      changed: this.#touch,
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
    this.inbox = new Inbox(this.#listenerOfInbox());
    this.own = new Own(this.#hostOfOwn(ready));
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
    this.own.drafts.resume();
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
        this.#takeReceipt(news.value);
        return;
      case "buttonPressed": {
        const { conversationId, sequence, press } = news.value;
        if (press !== undefined) {
          this.#events.emit("press", { conversationId, sequence, press: pressFrom(press) });
        }
        return;
      }
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
    this.inbox.knowsArchive = stored.knowsArchive;
    for (const entry of stored.entries) {
      this.#conversations.get(entry.conversation.conversationId)?.listed(entry);
    }
    this.own.drafts.restore(stored.drafts);
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

  /** One's own marker comes with the list: here stands what the others are told of it. */
  #takeReceipt({ conversationId, markers }: Receipt): void {
    const others = markers.filter(({ userId }) => userId !== this.userId);
    this.#conversations.get(conversationId)?.applyMarkers(others);
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
      const entry = this.inbox.entry(conversationId);
      if (entry !== undefined) {
        known?.listed(entry);
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

  /** Once nothing can be older any more than what was read here: asks what the list says. */
  #lookAgain(): void {
    if (this.#doubt !== undefined) {
      return;
    }
    this.#doubt = setTimeout(() => {
      this.#doubt = undefined;
      const where = { $case: "since", value: this.inboxCursor } as const;
      const value = { where, limit: INBOX_PAGE, list: InboxList.MAIN };
      this.#connection
        .request({ $case: "listInbox", value }, "inboxPage")
        .then((page) => this.#takeInbox(page))
        // The next Welcome brings it.
        .catch(() => undefined);
    }, OVERTAKEN_MS);
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

  #listenerOfInbox(): InboxListener {
    return {
      changed: () => {
        this.#events.emit("inbox", this.inbox.state);
        this.#saveSoon();
      },
      hasJustRead: (conversationId) => this.#reads.isFresh(conversationId),
      doubted: () => {
        this.#lookAgain();
      },
    };
  }

  #hostOfOwn(ready: () => Promise<void>): OwnHost {
    return {
      connection: this.#connection,
      inbox: this.inbox,
      ready,
      userId: () => this.userId,
      takeBackReads: (conversationId) => this.#reads.takeBack(conversationId),
      readIs: (conversationId, read) => {
        this.#conversations.get(conversationId)?.readIs(read);
      },
      listed: ({ entry }) => {
        if (entry !== undefined) {
          this.inbox.applyEntry(entry);
          this.#takeEntries([entry]);
        }
      },
      draftChanged: (conversationId) => {
        this.#events.emit("draft", { conversationId });
        this.#saveSoon();
      },
      touched: this.#touch,
    };
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
    this.own.forget();
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
    const { badge, isLoaded } = this.inbox.state;
    if (!isLoaded) {
      return;
    }
    const state = {
      version: 3,
      userId: this.userId,
      inboxCursor: this.inboxCursor,
      editWindowMs: this.#editWindowMs,
      badge,
      entries: this.inbox.all,
      conversations: [...this.#conversations.values()].map((one) => one.stored()),
      outgoing: this.#outgoing.all,
      changes: this.#changes.all,
      unconfirmedReads: this.#reads.unconfirmed,
      knowsArchive: this.inbox.knowsArchive,
      drafts: this.own.drafts.unsaved,
    } as const;
    this.#storage.save(state).catch(() => undefined);
  }
}
