// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import { TernError } from "./errors.js";
import type { ClientFrame } from "./gen/tern/v1/frame.js";
import { type InboxEntryChanged, InboxList, type ListInbox } from "./gen/tern/v1/inbox.js";
import { FOREVER } from "./group.js";
import type { Inbox } from "./inbox.js";
import type { OwnPushLevel } from "./model.js";
import { pushLevelToWire } from "./toWire.js";

const ARCHIVE_PAGE = 100;
/** How far back a message of somebody else is looked for. */
const LOOK_BACK = 50;

/** @internal What the list needs of its client. */
export interface OwnListHost {
  readonly connection: Connection;
  readonly inbox: Inbox;
  readonly ready: () => Promise<void>;
  readonly userId: () => string;
  /** Nothing read before counts any more; resolves once nothing of it is under way. */
  readonly takeBackReads: (conversationId: string) => Promise<void>;
  /** The server has moved the own marker, perhaps back. */
  readonly readIs: (conversationId: string, read: number) => void;
  /** The server has told an entry as it stands now. */
  readonly listed: (changed: InboxEntryChanged) => void;
}

/**
 * How a user arranges their own conversations: theirs alone, and the same on all their devices.
 * All of it may be repeated. Resolves once the server has kept it; rejects with TernError.
 */
export class OwnList {
  readonly #host: OwnListHost;
  #loading: Promise<void> | undefined;

  /** @internal */
  constructor(host: OwnListHost) {
    this.#host = host;
  }

  /** Takes a conversation out of the list, until the next message unless told otherwise. */
  archive(conversationId: string, { untilMessage = true } = {}): Promise<void> {
    const value = { conversationId, archived: true, untilMessage };
    return this.#arrange({ $case: "archiveConversation", value });
  }

  /** Puts an archived or hidden conversation back. */
  unarchive(conversationId: string): Promise<void> {
    const value = { conversationId, archived: false, untilMessage: false };
    return this.#arrange({ $case: "archiveConversation", value });
  }

  /**
   * Takes a conversation out of all lists until somebody writes; `clearHistory` also ends what the
   * user sees of its past, for good. The others keep theirs.
   */
  hide(conversationId: string, { clearHistory = false } = {}): Promise<void> {
    return this.#arrange({ $case: "hideConversation", value: { conversationId, clearHistory } });
  }

  /** Puts a conversation on top of the list; at most 20. */
  pin(conversationId: string): Promise<void> {
    return this.#arrange({ $case: "pinConversation", value: { conversationId, pinned: true } });
  }

  unpin(conversationId: string): Promise<void> {
    return this.#arrange({ $case: "pinConversation", value: { conversationId, pinned: false } });
  }

  /** No push until a time, in milliseconds since 1970; for good unless told otherwise. */
  async mute(conversationId: string, mutedUntilMs = FOREVER): Promise<void> {
    await this.#host.ready();
    const frame = {
      $case: "muteConversation",
      value: { conversationId, mutedUntilMs },
    } as const;
    const muted = await this.#host.connection.requestPatiently(frame, "conversationMuted");
    this.#host.inbox.mutedUntil(muted.conversationId, muted.mutedUntilMs);
  }

  unmute(conversationId: string): Promise<void> {
    return this.mute(conversationId, 0);
  }

  /** About which of a conversation's messages the user wants pushes; a mute stays beside it. */
  wakeFor(conversationId: string, level: OwnPushLevel): Promise<void> {
    const value = { conversationId, level: pushLevelToWire(level) };
    return this.#arrange({ $case: "setPushLevel", value });
  }

  /**
   * Marks as unread from a message on, or the newest one of somebody else; where there is none,
   * nothing changes. Nobody else sees it.
   */
  async markUnread(conversationId: string, from?: number): Promise<void> {
    await this.#host.ready();
    const sequence = from ?? (await this.#newestOfOthers(conversationId));
    if (sequence !== undefined) {
      const frame = { $case: "markUnread", value: { conversationId, sequence } } as const;
      const { connection, inbox, readIs, takeBackReads } = this.#host;
      await takeBackReads(conversationId);
      const answer = await connection.requestPatiently(frame, "markedRead");
      inbox.markedUnread(answer);
      readIs(conversationId, answer.read);
    }
  }

  /** Reads the archived conversations, once; `inbox.archived` has them then, and stays right. */
  loadArchived(): Promise<void> {
    this.#loading ??= this.#readArchived().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #readArchived(): Promise<void> {
    const { connection, inbox, ready } = this.#host;
    await ready();
    let where: ListInbox["where"] = undefined;
    while (!inbox.knowsArchive) {
      const value: ListInbox = { where, limit: ARCHIVE_PAGE, list: InboxList.ARCHIVED };
      const page = await connection.requestPatiently({ $case: "listInbox", value }, "inboxPage");
      inbox.applyArchive(page);
      where = { $case: "page", value: page.nextPage };
    }
  }

  async #newestOfOthers(conversationId: string): Promise<number | undefined> {
    const where = { $case: "before", value: 0 } as const;
    const value = { conversationId, where, limit: LOOK_BACK };
    const { messages } = await this.#host.connection.requestPatiently(
      { $case: "readHistory", value },
      "historyPage",
    );
    const me = this.#host.userId();
    return messages.findLast(
      ({ senderId, countable, deletedAtMs }) => senderId !== me && countable && deletedAtMs === 0,
    )?.sequence;
  }

  async #arrange(frame: NonNullable<ClientFrame["frame"]>): Promise<void> {
    await this.#host.ready();
    const changed = await this.#host.connection.requestPatiently(frame, "inboxEntryChanged");
    if (changed.entry === undefined) {
      throw new TernError("UNEXPECTED_ANSWER", "inboxEntryChanged without an entry");
    }
    this.#host.listed(changed);
  }
}
