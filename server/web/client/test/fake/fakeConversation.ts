// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationOpened, Member } from "../../src/gen/tern/v1/conversation.js";
import type { InboxEntry } from "../../src/gen/tern/v1/inbox.js";
import type {
  CatchUpPage,
  HistoryPage,
  Position,
  ReadHistory,
} from "../../src/gen/tern/v1/catch_up.js";
import type {
  Accepted,
  Changes,
  Message,
  Quote,
  SendMessage,
} from "../../src/gen/tern/v1/message.js";
import type { Marker } from "../../src/gen/tern/v1/receipt.js";
import { randomUuid } from "../../src/uuid.js";
import { type Arrangement, plainArrangement } from "./fakeArrangement.js";

const NEWEST = 50;
const PAGE = 3;

/** The state of one conversation of the fake server. */
export class FakeConversation {
  readonly conversationId: string;
  readonly messages: Message[] = [];
  readonly #members = new Map<string, Member>();
  readonly #markers = new Map<string, Marker>();
  readonly #arrangements = new Map<string, Arrangement>();
  /** Who reacted, by sequence and reaction. */
  readonly #reactors = new Map<string, Set<string>>();
  revision = 0;

  constructor(conversationId: string, userIds: string[]) {
    this.conversationId = conversationId;
    userIds.forEach((userId, index) => {
      this.revision += 1;
      const { revision } = this;
      const role = index === 0 ? 3 : 1;
      const standing = { removed: false, visibleFrom: 1, mutedUntilMs: 0 };
      this.#members.set(userId, { userId, role, revision, ...standing });
      this.#markers.set(userId, { userId, delivered: 0, read: 0 });
    });
  }

  has(userId: string): boolean {
    return this.#members.has(userId);
  }

  say(senderId: string, text: string): Changes {
    return this.send(senderId, {
      conversationId: this.conversationId,
      clientMessageId: randomUuid(),
      content: { content: { $case: "text", value: { text } } },
      mentions: undefined,
      silent: false,
      urgent: false,
      replyTo: 0,
      metadata: {},
    });
  }

  send(senderId: string, request: SendMessage): Changes {
    const after = this.revision;
    this.revision += 1;
    const message: Message = {
      ...request,
      sequence: this.messages.length + 1,
      revision: this.revision,
      senderId,
      createdAtMs: Date.now(),
      editedAtMs: 0,
      deletedAtMs: 0,
      countable: request.countable ?? true,
      reactions: [],
      ownReactions: [],
      pinnedAtMs: 0,
      deletedById: "",
      forwarded: undefined,
    };
    this.messages.push(message);
    this.#move(senderId, message.sequence);
    return this.#changes(after, [message]);
  }

  /** Changes a text; takes a revision, but no sequence. */
  edit(sequence: number, text: string): Changes {
    return this.change(sequence, (message) => {
      message.content = { content: { $case: "text", value: { text } } };
    });
  }

  /** Sets or takes back a reaction; nothing where it stands so already. */
  react(userId: string, sequence: number, reaction: string, on: boolean): Changes | undefined {
    const key = `${sequence} ${reaction}`;
    const reactors = this.#reactors.get(key) ?? new Set();
    if (reactors.has(userId) === on) {
      return undefined;
    }
    this.#reactors.set(key, on ? reactors.add(userId) : reactors);
    if (!on) {
      reactors.delete(userId);
    }
    const count = reactors.size;
    const changes = this.change(sequence, (message) => {
      const others = message.reactions.filter((one) => one.reaction !== reaction);
      const now = { reaction, count, userIds: [...reactors].slice(0, 10) };
      message.reactions = [...others, ...(count > 0 ? [now] : [])];
    });
    const step = { sequence, userId, reaction, on, count };
    return { ...changes, messages: [], reactions: [step] };
  }

  /** Changes a message, and takes a revision for it. */
  change(sequence: number, act: (message: Message) => void): Changes {
    const message = this.messages[sequence - 1];
    if (message === undefined) {
      throw new Error(`no message ${sequence}`);
    }
    const after = this.revision;
    this.revision += 1;
    act(message);
    message.revision = this.revision;
    return this.#changes(after, [message]);
  }

  /** A message as one user gets it in a page. */
  seenBy(userId: string, message: Message): Message {
    const ownReactions = message.reactions
      .map(({ reaction }) => reaction)
      .filter((reaction) => this.#reactors.get(`${message.sequence} ${reaction}`)?.has(userId));
    return { ...message, ownReactions };
  }

  remove(userId: string): Changes {
    const after = this.revision;
    this.revision += 1;
    this.#members.delete(userId);
    const { revision } = this;
    const gone = { removed: true, visibleFrom: 1, mutedUntilMs: 0 };
    const member = { userId, role: 1, revision, ...gone } as const;
    return { ...this.#changes(after, []), members: [member] };
  }

  mute(userId: string, mutedUntilMs: number): Changes {
    const member = this.#members.get(userId);
    if (member === undefined) {
      throw new Error(`no member ${userId}`);
    }
    const after = this.revision;
    this.revision += 1;
    const muted = { ...member, mutedUntilMs, revision: this.revision };
    this.#members.set(userId, muted);
    return { ...this.#changes(after, []), members: [muted] };
  }

  accepted(senderId: string, clientMessageId: string): Accepted | undefined {
    const message = this.messages.find(
      (one) => one.senderId === senderId && one.clientMessageId === clientMessageId,
    );
    return (
      message && {
        conversationId: this.conversationId,
        clientMessageId,
        sequence: message.sequence,
        revision: message.revision,
        createdAtMs: message.createdAtMs,
        duplicate: false,
      }
    );
  }

  markRead(userId: string, sequence: number): number {
    this.#move(userId, Math.min(sequence, this.messages.length));
    return this.#markers.get(userId)?.read ?? 0;
  }

  markUnread(userId: string, from: number): number {
    const marker = this.#markers.get(userId);
    const read = Math.min(marker?.read ?? 0, from - 1);
    this.#markers.set(userId, { userId, delivered: marker?.delivered ?? 0, read });
    return read;
  }

  markersNow(): Marker[] {
    return [...this.#markers.values()];
  }

  unread(userId: string): number {
    const read = this.#markers.get(userId)?.read ?? 0;
    return this.messages.filter(
      ({ sequence, senderId, countable }) => sequence > read && senderId !== userId && countable,
    ).length;
  }

  entry(userId: string): InboxEntry {
    const last = this.messages.at(-1);
    return {
      conversation: this.#details(),
      removed: false,
      lastMessage: last,
      unread: this.unread(userId),
      marker: this.#markers.get(userId),
      revision: this.revision,
      sequence: this.messages.length,
      activeAtMs: last?.createdAtMs ?? 0,
      peerId: [...this.#members.keys()].find((other) => other !== userId) ?? "",
      ...this.arrangementOf(userId),
    };
  }

  /** What one user has made of it for themselves. */
  arrangementOf(userId: string): Arrangement {
    const own = this.#arrangements.get(userId) ?? plainArrangement();
    this.#arrangements.set(userId, own);
    return own;
  }

  opened(): ConversationOpened {
    return {
      conversation: this.#details(),
      members: [...this.#members.values()],
      created: true,
      revision: this.revision,
      sequence: this.messages.length,
    };
  }

  /** All that changed, in pages of three; a reset when the position means nothing. */
  catchUp(userId: string, position: Position | undefined, epoch: string): CatchUpPage[] {
    const isReset = position?.epoch !== epoch || position.revision > this.revision;
    const changed = (
      isReset
        ? this.messages.slice(-NEWEST)
        : this.messages.filter(({ revision }) => revision > position.revision)
    ).map((message) => this.seenBy(userId, message));
    changed.sort((a, b) => a.revision - b.revision);
    if (isReset) {
      const changes = {
        ...this.#changes(0, changed),
        conversation: this.#details(),
        members: [...this.#members.values()],
      };
      const reset = { reason: position === undefined ? 1 : 2 } as const;
      return [{ ...this.#page(changes, true, epoch), reset, hasBefore: this.messages.length > 50 }];
    }
    const pages: CatchUpPage[] = [];
    let after = position.revision;
    do {
      const messages = changed.splice(0, PAGE);
      const isLast = changed.length === 0;
      const through = isLast ? this.revision : (messages.at(-1)?.revision ?? after);
      const changes = { ...this.#changes(after, messages), through };
      pages.push(this.#page(changes, isLast, epoch));
      after = through;
    } while (changed.length > 0);
    return pages;
  }

  history(userId: string, { where, limit }: ReadHistory): HistoryPage {
    const most = limit || NEWEST;
    if (where?.$case === "after") {
      const later = this.messages.slice(where.value);
      const messages = later.slice(0, most).map((message) => this.seenBy(userId, message));
      const hasAfter = later.length > most;
      const { conversationId, revision } = this;
      const quotes = this.#quotesOf(messages);
      return { conversationId, messages, hasBefore: where.value > 0, hasAfter, revision, quotes };
    }
    const around = where?.$case === "around" ? where.value + Math.floor(most / 2) : 0;
    const before = around || (where?.$case === "before" && where.value) || Infinity;
    const all = this.messages.filter(({ sequence }) => sequence < before);
    const messages = all.slice(-most).map((message) => this.seenBy(userId, message));
    return {
      conversationId: this.conversationId,
      messages,
      hasBefore: all.length > messages.length,
      hasAfter: before !== Infinity,
      revision: this.revision,
      quotes: this.#quotesOf(messages),
    };
  }

  /** What these answer and do not hold; of contents it knows texts. */
  #quotesOf(messages: readonly Message[]): Quote[] {
    const held = new Set(messages.map(({ sequence }) => sequence));
    return [...new Set(messages.map(({ replyTo }) => replyTo))]
      .filter((sequence) => sequence > 0 && !held.has(sequence))
      .sort((a, b) => a - b)
      .map((sequence) => quoteOf(sequence, this.messages[sequence - 1]));
  }

  #page(changes: Changes, live: boolean, epoch: string): CatchUpPage {
    const markers = live ? this.markersNow() : [];
    const quotes = this.#quotesOf(changes.messages);
    return { changes, reset: undefined, live, markers, epoch, hasBefore: false, quotes };
  }

  #changes(after: number, messages: Message[]): Changes {
    return {
      conversationId: this.conversationId,
      after,
      through: this.revision,
      sequence: this.messages.length,
      conversation: undefined,
      members: [],
      messages: messages.map((message) => ({ ...message })),
      reactions: [],
    };
  }

  #details(): InboxEntry["conversation"] & object {
    return {
      conversationId: this.conversationId,
      kind: this.#members.size === 2 ? 1 : 2,
      key: "",
      name: "",
      historyVisibility: 1,
      createdAtMs: 0,
      revision: 1,
      memberCount: this.#members.size,
      imageUrl: "",
      metadata: {},
      postRole: 1,
      addRole: 2,
      settingsRole: 2,
      pinRole: 2,
      removeRole: 2,
      deleteRole: 2,
      frozen: false,
      slowModeSeconds: 0,
      joinableByKey: false,
      watching: undefined,
    };
  }

  #move(userId: string, sequence: number): void {
    const marker = this.#markers.get(userId);
    if (marker !== undefined && sequence > marker.read) {
      this.#markers.set(userId, { userId, delivered: sequence, read: sequence });
    }
  }
}

function quoteOf(sequence: number, message: Message | undefined): Quote {
  const content = message?.content?.content;
  const text = content?.$case === "text" ? content.value.text : "";
  return {
    sequence,
    unavailable: message === undefined,
    revision: message?.revision ?? 0,
    senderId: message?.senderId ?? "",
    kind: content?.$case === "text" ? 1 : 0,
    text: text.slice(0, 200),
    cut: text.length > 200,
    customType: "",
    editedAtMs: message?.editedAtMs ?? 0,
    deletedAtMs: message?.deletedAtMs ?? 0,
    deletedById: message?.deletedById ?? "",
  };
}
