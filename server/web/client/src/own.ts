// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { Buttons } from "./buttons.js";
import type { Connection } from "./connection.js";
import { Drafts } from "./drafts.js";
import type { InboxEntryChanged } from "./gen/tern/v1/inbox.js";
import type { Inbox } from "./inbox.js";
import { OwnList } from "./ownList.js";

/** @internal What a user's own things need of their client. */
export interface OwnHost {
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
  readonly draftChanged: (conversationId: string) => void;
  /** Something that shows in a conversation has changed. */
  readonly touched: (conversationId: string) => void;
}

/** What is a user's own: how they arrange their list, what they have begun to write and pressed. */
export class Own {
  readonly list: OwnList;
  readonly drafts: Drafts;
  readonly buttons: Buttons;

  constructor(host: OwnHost) {
    const { connection, inbox, ready, listed } = host;
    this.list = new OwnList(host);
    this.drafts = new Drafts({
      connection,
      saved: (conversationId) => inbox.entry(conversationId)?.draft,
      changed: host.draftChanged,
      listed,
    });
    this.buttons = new Buttons(connection, ready, host.touched);
  }

  /** Another user. */
  forget(): void {
    this.drafts.forget();
    this.buttons.forget();
  }
}
