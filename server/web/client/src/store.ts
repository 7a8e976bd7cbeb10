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
import type { ConversationOpened } from "./gen/tern/v1/conversation.js";
import type { Welcome } from "./gen/tern/v1/hello.js";
import type { InboxEntry as WireInboxEntry } from "./gen/tern/v1/inbox.js";
import type { Changes } from "./gen/tern/v1/message.js";
import type { Receipt } from "./gen/tern/v1/receipt.js";
import type { Inbox } from "./inbox.js";
import { InboxFeed } from "./inboxFeed.js";
import { LiveConversation } from "./liveConversation.js";
import type { InboxEntry } from "./model.js";
import { Outgoing } from "./outgoing.js";
import { OutgoingChanges } from "./outgoingChanges.js";
import { Own, type OwnHost } from "./own.js";
import type { Profile } from "./peopleModel.js";
import { ReadMarks } from "./readMarks.js";
import type { News } from "./session.js";
import { StateKeeper } from "./stateKeeper.js";
import { type StateStorage, type StoredState, type StoredUnsent, VERSION } from "./storage.js";
import { Typing } from "./typing.js";

/** @internal What the store needs of its client. */
export interface StoreHost {
  readonly connection: Connection;
  readonly events: Emitter<ClientEvents>;
  readonly storage: StateStorage;
  readonly random: () => number;
  /** Resolves once connected. */
  readonly ready: () => Promise<void>;
  readonly isBlocked: (userId: string) => boolean;
  readonly profiles: {
    restore(profiles: readonly Profile[]): void;
    stored(): readonly Profile[];
  };
}

/** A conversation as the app has it, and what keeps it up to date. */
interface Known {
  readonly live: LiveConversation;
  readonly shown: Conversation;
}

/** What the client knows. Takes each piece of news to the part that it concerns. */
export class Store {
  readonly own: Own;
  userId = "";
  #editWindowMs = 0;
  readonly #connection: Connection;
  readonly #events: Emitter<ClientEvents>;
  readonly #keeper: StateKeeper;
  readonly #feed: InboxFeed;
  readonly #acknowledger: Acknowledger;
  readonly #typing: Typing;
  readonly #outgoing: Outgoing;
  readonly #changes: OutgoingChanges;
  readonly #reads: ReadMarks;
  readonly #conversations = new Map<string, Known>();
  readonly #host: StoreHost;
  readonly #hostOfEach: ConversationHost;
  readonly #touch = (conversationId: string): void => {
    this.#find(conversationId)?.touch();
    this.#keeper.saveSoon();
  };

  constructor(host: StoreHost) {
    const { connection, events, storage, random } = host;
    this.#host = host;
    this.#connection = connection;
    this.#events = events;
    this.#keeper = new StateKeeper(storage, () => this.#stored());
    this.#acknowledger = new Acknowledger(connection);
    this.#typing = new Typing(connection, this.#touch);
    this.#outgoing = new Outgoing(connection, random, {
      changed: this.#touch,
      accepted: ({ conversationId, message }, accepted) => {
        this.#know(conversationId).live.accepted(message, accepted);
      },
    });
    this.#changes = new OutgoingChanges(connection, random, {
      changed: this.#touch,
      confirmed: (changed) => {
        this.#know(changed.conversationId).live.confirmed(changed);
      },
      refused: (error) => {
        events.emit("problem", error);
      },
    });
    this.#reads = new ReadMarks(connection, (answer) => {
      this.inbox.markedRead(answer);
    });
    this.#feed = this.#newFeed();
    this.own = new Own(this.#hostOfOwn(host.ready));
    this.#hostOfEach = this.#hostOfConversations(host.isBlocked);
  }

  get inbox(): Inbox {
    return this.#feed.inbox;
  }

  get inboxCursor(): string {
    return this.#feed.cursor;
  }

  conversation(conversationId: string): Conversation {
    return this.#know(conversationId).shown;
  }

  /** The user has opened a conversation, which may not be in the list yet. */
  opened(entry: InboxEntry, opened: ConversationOpened): Conversation {
    this.inbox.add(entry);
    const { live, shown } = this.#know(entry.conversation.conversationId);
    live.applyOpened(opened);
    return shown;
  }

  welcomed(welcome: Welcome): void {
    if (this.userId !== "" && this.userId !== welcome.userId) {
      this.#forget();
      void this.#feed.startAnew();
    } else if (welcome.inbox !== undefined) {
      void this.#feed.take(welcome.inbox);
    }
    this.userId = welcome.userId;
    this.#editWindowMs = welcome.limits?.editWindowMs ?? 0;
    this.#outgoing.resume();
    this.#changes.resume();
    this.#reads.resume();
    this.own.drafts.resume();
    for (const { live } of this.#conversations.values()) {
      live.resume();
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
        this.#feed.takeUpdate(news.value);
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
    for (const { live } of this.#conversations.values()) {
      live.lost();
    }
  }

  /** Something that others keep beside this has changed. */
  saveSoon(): void {
    this.#keeper.saveSoon();
  }

  /** The user has left a conversation by themselves. */
  left(conversationId: string): void {
    this.inbox.remove(conversationId);
    this.#find(conversationId)?.gone();
  }

  async restore(): Promise<void> {
    const restored = await this.#keeper.load();
    if (restored === undefined) {
      return;
    }
    this.userId = restored.state.userId;
    if (restored.kind === "all") {
      this.#restoreKnown(restored.state);
    }
    this.#restoreUnsent(restored.state);
  }

  #restoreKnown(stored: StoredState): void {
    this.#feed.cursor = stored.inboxCursor;
    this.#editWindowMs = stored.editWindowMs;
    this.#host.profiles.restore(stored.profiles);
    for (const conversation of stored.conversations) {
      this.#know(conversation.conversationId).live.restore(conversation);
    }
    this.inbox.restore(stored.entries, stored.badge);
    this.inbox.knowsArchive = stored.knowsArchive;
    for (const entry of stored.entries) {
      this.#find(entry.conversation.conversationId)?.listed(entry);
    }
  }

  #restoreUnsent(stored: StoredUnsent): void {
    this.own.drafts.restore(stored.drafts);
    for (const outgoing of stored.outgoing) {
      this.#outgoing.add(outgoing);
    }
    this.#changes.restore(stored.changes, stored.refusedEdits);
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
    this.#find(conversationId)?.apply(changes);
    this.inbox.applyChanges(changes);
    this.#acknowledger.acknowledge(conversationId, through, sequence);
    for (const wire of fresh) {
      if (wire.senderId !== this.userId) {
        this.#events.emit("message", { conversationId, message: messageFrom(wire) });
      }
    }
    this.#keeper.saveSoon();
  }

  /** One's own marker comes with the list: here stands what the others are told of it. */
  #takeReceipt({ conversationId, markers }: Receipt): void {
    const others = markers.filter(({ userId }) => userId !== this.userId);
    this.#find(conversationId)?.applyMarkers(others);
  }

  /** What stands in the list, this device knows of. */
  #takeEntries(entries: readonly WireInboxEntry[]): void {
    for (const { conversation, removed, revision, sequence, marker } of entries) {
      const conversationId = conversation?.conversationId ?? "";
      const known = this.#find(conversationId);
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

  #newFeed(): InboxFeed {
    return new InboxFeed({
      connection: this.#connection,
      changed: () => {
        this.#events.emit("inbox", this.inbox.state);
        this.#keeper.saveSoon();
      },
      hasJustRead: (conversationId) => this.#reads.isFresh(conversationId),
      took: (entries) => {
        this.#takeEntries(entries);
      },
      problem: (error) => {
        this.#events.emit("problem", error);
      },
    });
  }

  #hostOfOwn(ready: () => Promise<void>): OwnHost {
    return {
      connection: this.#connection,
      inbox: this.inbox,
      ready,
      userId: () => this.userId,
      takeBackReads: (conversationId) => this.#reads.takeBack(conversationId),
      readIs: (conversationId, read) => {
        this.#find(conversationId)?.readIs(read);
      },
      listed: ({ entry }) => {
        if (entry !== undefined) {
          this.#feed.takeEntry(entry);
        }
      },
      draftChanged: (conversationId) => {
        this.#events.emit("draft", { conversationId });
        this.#keeper.saveSoon();
      },
      touched: this.#touch,
    };
  }

  #hostOfConversations(isBlocked: StoreHost["isBlocked"]): ConversationHost {
    return {
      connection: this.#connection,
      outgoing: this.#outgoing,
      changes: this.#changes,
      typing: this.#typing,
      userId: () => this.userId,
      editWindowMs: () => this.#editWindowMs,
      isBlocked,
      changed: (conversation) => {
        this.#events.emit("conversation", conversation.state);
        this.#keeper.saveSoon();
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
      problem: (error) => {
        this.#events.emit("problem", error);
      },
    };
  }

  #know(conversationId: string): Known {
    const known = this.#conversations.get(conversationId);
    if (known !== undefined) {
      return known;
    }
    const live = new LiveConversation(conversationId, this.#hostOfEach);
    const made = { live, shown: new Conversation(live, this.#hostOfEach) };
    this.#conversations.set(conversationId, made);
    return made;
  }

  #find(conversationId: string): LiveConversation | undefined {
    return this.#conversations.get(conversationId)?.live;
  }

  #forget(): void {
    this.#feed.forget();
    this.#outgoing.forget();
    this.#changes.forget();
    this.#reads.forget();
    this.own.forget();
    for (const { live } of this.#conversations.values()) {
      live.gone();
    }
    this.#conversations.clear();
  }

  #stored(): StoredState | undefined {
    const { badge, isLoaded } = this.inbox.state;
    if (!isLoaded) {
      return undefined;
    }
    return {
      version: VERSION,
      userId: this.userId,
      inboxCursor: this.inboxCursor,
      editWindowMs: this.#editWindowMs,
      badge,
      entries: this.inbox.all,
      conversations: [...this.#conversations.values()].map(({ live }) => live.stored()),
      outgoing: this.#outgoing.all,
      changes: this.#changes.all,
      refusedEdits: this.#changes.refused,
      unconfirmedReads: this.#reads.unconfirmed,
      knowsArchive: this.inbox.knowsArchive,
      drafts: this.own.drafts.unsaved,
      profiles: this.#host.profiles.stored(),
    };
  }
}
