// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { clientFailed, TernError } from "./errors.js";
import {
  InboxList,
  type InboxEntry,
  type InboxPage,
  type InboxUpdate,
  type ListInbox,
} from "./gen/tern/v1/inbox.js";
import { Inbox } from "./inbox.js";
import { OVERTAKEN_MS } from "./readMarks.js";

const PAGE = 100;
/** The session is over, before the question or after it. */
const LOST = new Set(["CONNECTION_LOST", "NOT_CONNECTED"]);

/** @internal What the feed needs of its client. */
export interface InboxFeedHost {
  readonly connection: Connection;
  changed(): void;
  hasJustRead(conversationId: string): boolean;
  /** The list holds these now. */
  took(entries: readonly InboxEntry[]): void;
  problem(error: TernError): void;
}

/** Brings the conversation list: with each session, page by page, and once more when in doubt. */
export class InboxFeed {
  readonly inbox: Inbox;
  /** Up to where the list is known. */
  cursor = "";
  readonly #host: InboxFeedHost;
  #doubt: ReturnType<typeof setTimeout> | undefined;

  constructor(host: InboxFeedHost) {
    this.#host = host;
    this.inbox = new Inbox({
      changed: () => {
        host.changed();
      },
      hasJustRead: (conversationId) => host.hasJustRead(conversationId),
      doubted: () => {
        this.#lookAgain();
      },
    });
  }

  /** Takes a list with all its pages; only then its cursor counts. */
  async take(first: InboxPage): Promise<void> {
    if (first.reset) {
      this.inbox.forget();
    }
    let page = first;
    try {
      for (;;) {
        this.inbox.applyPage(page);
        this.#host.took(page.entries);
        if (page.nextPage === "") {
          break;
        }
        page = await this.#ask({ $case: "page", value: page.nextPage });
      }
      this.cursor = first.cursor;
    } catch (error) {
      this.#failed(error);
    }
  }

  takeUpdate(update: InboxUpdate): void {
    this.inbox.applyUpdate(update);
    this.#host.took(update.entries);
  }

  takeEntry(entry: InboxEntry): void {
    this.inbox.applyEntry(entry);
    this.#host.took([entry]);
  }

  /** Another user: reads the list from its beginning. */
  async startAnew(): Promise<void> {
    try {
      await this.take(await this.#ask(undefined));
    } catch (error) {
      this.#failed(error);
    }
  }

  forget(): void {
    this.inbox.forget();
    this.cursor = "";
  }

  /** Once nothing can be older any more than what was read here: asks what the list says. */
  #lookAgain(): void {
    if (this.#doubt !== undefined) {
      return;
    }
    this.#doubt = setTimeout(() => {
      this.#doubt = undefined;
      this.#ask({ $case: "since", value: this.cursor })
        .then((page) => this.take(page))
        .catch((error: unknown) => {
          this.#failed(error);
        });
    }, OVERTAKEN_MS);
  }

  /** The next Welcome brings the same list, since the cursor did not move. */
  #failed(error: unknown): void {
    const known = error instanceof TernError ? error : clientFailed(error);
    if (!LOST.has(known.code)) {
      this.#host.problem(known);
    }
  }

  #ask(where: ListInbox["where"]): Promise<InboxPage> {
    const value = { where, limit: PAGE, list: InboxList.MAIN };
    return this.#host.connection.requestPatiently({ $case: "listInbox", value }, "inboxPage");
  }
}
