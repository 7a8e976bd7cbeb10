// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import { editFrom, messageFrom } from "./fromWire.js";
import type { HistoryPage, ReadHistory } from "./gen/tern/v1/catch_up.js";
import type { EditsPage, PinnedPage } from "./model.js";
import type { Timeline } from "./timeline.js";

const MOST_TRIES = 3;
const PAGE = 50;
/** Neighbours are often quoted too. */
const AROUND = 20;
/** The protocol's most pins of a conversation are fewer. */
const MOST_PINNED = 100;

type Side = "before" | "after";

/** Reads what the timeline lacks: messages before and after, the pinned and the answered ones. */
export class History {
  readonly #conversationId: string;
  readonly #connection: Connection;
  readonly #timeline: Timeline;
  readonly #changed: () => void;
  readonly #loading = new Map<Side, Promise<void>>();
  /** Where the last jump leads; an earlier one that is answered later shows nothing. */
  #goal = 0;
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

  /** Loads the page before or after what is shown; rejects with TernError. */
  load(side: Side): Promise<void> {
    const loading =
      this.#loading.get(side) ??
      this.#readOn(side).finally(() => {
        this.#loading.delete(side);
      });
    this.#loading.set(side, loading);
    return loading;
  }

  /**
   * Shows a message: in the newest run where it is there, or else with a page around it. Resolves
   * with whether it is to be seen.
   */
  async jumpTo(sequence: number): Promise<boolean> {
    this.#goal = sequence;
    for (let tries = 0; !this.#timeline.showWhereIs(sequence) && tries < MOST_TRIES; tries++) {
      const page = await this.#ask({ $case: "around", value: sequence }, PAGE).catch(noneIfRefused);
      const isThere = page?.messages.some((message) => message.sequence === sequence) === true;
      if (page === undefined || !isThere || this.#goal !== sequence) {
        return false;
      }
      if (this.#timeline.showPage(page)) {
        break;
      }
    }
    this.#changed();
    return this.#timeline.shown.find(sequence) !== undefined;
  }

  /** Shows the newest messages, whatever a jump that is under way will find. */
  showNewest(answered = 0): void {
    this.#goal = 0;
    if (this.#timeline.hasAfter) {
      this.#timeline.showNewest(answered);
      this.#changed();
    }
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

  async #readOn(side: Side): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const run = this.#timeline.shown;
      if (side === "before" ? !run.hasBefore : !this.#timeline.hasAfter) {
        return;
      }
      const where =
        side === "before"
          ? ({ $case: "before", value: run.messages[0]?.sequence ?? 0 } as const)
          : ({ $case: "after", value: run.last } as const);
      const page = await this.#ask(where, PAGE);
      // Somewhere else is shown meanwhile, or all of it is new.
      if (run !== this.#timeline.shown || this.#timeline.addHistory(run, page, side)) {
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
    const { first, messages, shown } = this.#timeline;
    const answered = [...messages, ...shown.messages].map(({ replyTo }) => replyTo);
    const isMissing = (sequence: number): boolean =>
      sequence > 0 && sequence < first && shown.find(sequence) === undefined;
    return new Set(answered.filter(isMissing));
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
