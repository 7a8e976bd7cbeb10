// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import { editFrom, messageFrom } from "./fromWire.js";
import type { HistoryPage, ReadHistory } from "./gen/tern/v1/message.js";
import type { EditsPage, PinnedPage } from "./model.js";
import type { Timeline } from "./timeline.js";

const MOST_TRIES = 3;
const PAGE = 50;
/** Neighbours are often quoted too. */
const AROUND = 20;
/** The protocol's most pins of a conversation are fewer. */
const MOST_PINNED = 100;
const MOST_PAGES_BACK = 40;

/** Reads what the timeline lacks: older messages, the pinned ones, those that others answer. */
export class History {
  readonly #conversationId: string;
  readonly #connection: Connection;
  readonly #timeline: Timeline;
  readonly #changed: () => void;
  #loadingOlder: Promise<void> | undefined;
  #isReadingExcerpts = false;

  constructor(
    conversationId: string,
    connection: Connection,
    timeline: Timeline,
    changed: () => void,
  ) {
    this.#conversationId = conversationId;
    this.#connection = connection;
    this.#timeline = timeline;
    this.#changed = changed;
  }

  /** Loads the page before the first message; rejects with TernError. */
  loadOlder(): Promise<void> {
    this.#loadingOlder ??= this.#readOlder().finally(() => {
      this.#loadingOlder = undefined;
    });
    return this.#loadingOlder;
  }

  /** Loads older pages until a message is there, 40 at most; returns whether it is. */
  async loadBackTo(sequence: number): Promise<boolean> {
    const timeline = this.#timeline;
    for (let pages = 0; pages < MOST_PAGES_BACK; pages++) {
      if (timeline.first <= sequence || !timeline.hasBefore) {
        break;
      }
      await this.loadOlder();
    }
    return timeline.first <= sequence && timeline.find(sequence) !== undefined;
  }

  /** Whether messages here quote others that nobody has asked for. */
  get lacksQuotes(): boolean {
    return this.#wanted() !== undefined;
  }

  /** Reads what is pinned and quoted and not here; what fails now is asked for another time. */
  async readExcerpts(): Promise<void> {
    if (this.#isReadingExcerpts) {
      return;
    }
    this.#isReadingExcerpts = true;
    try {
      let hasRead = await this.#readPinned();
      for (let wanted = this.#wanted(); hasRead && wanted !== undefined; wanted = this.#wanted()) {
        hasRead = await this.#readAround(wanted);
        this.#changed();
      }
    } catch (error) {
      if (!(error instanceof TernError)) {
        throw error;
      }
    } finally {
      this.#isReadingExcerpts = false;
    }
  }

  /** Reads the pinned messages before a sequence; 0 for the newest. */
  async listPinned(before: number): Promise<PinnedPage> {
    const page = await this.#askPinned(before);
    return { messages: page.messages.map(messageFrom), hasBefore: page.hasBefore };
  }

  /** Reads what was replaced before a revision; 0 for the latest. */
  async readEdits(sequence: number, before: number): Promise<EditsPage> {
    const value = { conversationId: this.#conversationId, sequence, before };
    const frame = { $case: "readEdits", value } as const;
    const { edits, hasBefore } = await this.#connection.requestPatiently(frame, "messageEdits");
    return { edits: edits.map(editFrom), hasBefore };
  }

  async #readOlder(): Promise<void> {
    for (let tries = 0; this.#timeline.hasBefore && tries < MOST_TRIES; tries++) {
      const before = this.#timeline.messages[0]?.sequence ?? 0;
      const page = await this.#ask({ $case: "before", value: before }, PAGE);
      if (this.#timeline.addHistory(page)) {
        this.#changed();
        return;
      }
    }
  }

  async #readPinned(): Promise<boolean> {
    const { excerpts } = this.#timeline;
    for (let tries = 0; !excerpts.knowsPinned && tries < MOST_TRIES; tries++) {
      const page = await this.#askPinned(0).catch(noneIfRefused);
      if (page === undefined || this.#timeline.addExcerpts(page, () => true)) {
        excerpts.knowsPinned = true;
        this.#changed();
      }
    }
    return excerpts.knowsPinned;
  }

  /** Returns false when it was overtaken by changes each time. */
  async #readAround(sequence: number): Promise<boolean> {
    const { excerpts } = this.#timeline;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const page = await this.#ask({ $case: "around", value: sequence }, AROUND).catch(
        noneIfRefused,
      );
      const quoted = this.#quoted();
      if (
        page === undefined ||
        this.#timeline.addExcerpts(page, (message) => quoted.has(message.sequence))
      ) {
        if (!excerpts.isSettled(sequence)) {
          excerpts.unavailable(sequence);
        }
        return true;
      }
    }
    return false;
  }

  /** The sequences that messages of the run answer and that stand before it. */
  #quoted(): Set<number> {
    const { first, messages } = this.#timeline;
    return new Set(
      messages.map(({ replyTo }) => replyTo).filter((replyTo) => replyTo > 0 && replyTo < first),
    );
  }

  /** The next one to be read, the newest first. */
  #wanted(): number | undefined {
    const { excerpts } = this.#timeline;
    const missing = [...this.#quoted()].filter((sequence) => !excerpts.isSettled(sequence));
    return missing.length > 0 ? Math.max(...missing) : undefined;
  }

  #askPinned(before: number): Promise<HistoryPage> {
    const value = { conversationId: this.#conversationId, before, limit: MOST_PINNED };
    const frame = { $case: "listPinned", value } as const;
    return this.#connection.requestPatiently(frame, "historyPage");
  }

  #ask(where: ReadHistory["where"], limit: number): Promise<HistoryPage> {
    const value = { conversationId: this.#conversationId, where, limit };
    return this.#connection.requestPatiently({ $case: "readHistory", value }, "historyPage");
  }
}

/** What the server refuses for good is not there for this user. */
function noneIfRefused(error: unknown): undefined {
  if (!(error instanceof TernError) || error.mayRetry) {
    throw error;
  }
}
