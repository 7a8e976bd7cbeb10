// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { tellEach } from "./emitter.js";
import { clientFailed, TernError } from "./errors.js";
import { messageFrom } from "./fromWire.js";
import type { MessageChanged } from "./gen/tern/v1/change.js";
import type { CatchUpPage } from "./gen/tern/v1/catch_up.js";
import type { Accepted, Changes } from "./gen/tern/v1/message.js";
import { History } from "./history.js";
import type { Message, Position } from "./model.js";
import type { OpenRoomState, Skipped, WatchEnd } from "./openModel.js";
import type { OpenHost } from "./openRoom.js";
import { OpenWatch } from "./openWatch.js";
import { Timeline } from "./timeline.js";
import { TimelineView } from "./timelineView.js";

/** How many messages stay while earlier ones are read. */
const MOST_KEPT = 2_000;
/** All who watch get the same message at once; what it quotes they ask for one after the other. */
const QUOTES_WITHIN_MS = 3_000;

/** @internal What is known of one room: takes its news, and no more than it may keep. */
export class OpenLive {
  readonly conversationId: string;
  readonly #keep: number;
  readonly #host: OpenHost;
  readonly #timeline: Timeline;
  readonly #view: TimelineView;
  readonly #history: History;
  readonly #watch: OpenWatch;
  readonly #listeners = new Set<(state: OpenRoomState) => void>();
  /** Accepted, but their envelope has not come yet. */
  #accepted: readonly Message[] = [];
  #state: OpenRoomState | undefined;
  #watchers = 0;
  #end: WatchEnd | undefined;
  #skipped: Skipped | undefined;
  #keepsOlder = false;
  #readsOlder = false;
  #quotes: ReturnType<typeof setTimeout> | undefined;

  constructor(conversationId: string, keep: number, host: OpenHost) {
    this.conversationId = conversationId;
    this.#keep = keep;
    this.#host = host;
    this.#timeline = new Timeline(() => host.userId());
    this.#view = new TimelineView(this.#timeline);
    const { connection, random } = host;
    this.#history = new History(conversationId, connection, this.#timeline, () => {
      this.touch();
    });
    this.#watch = new OpenWatch(conversationId, connection, random, {
      position: () => this.#timeline.position,
      isWanted: () => this.isWatched && this.#end === undefined,
      took: (page) => this.#takePage(page),
      admitted: (watchers) => {
        this.counted(watchers);
      },
      changed: () => {
        this.touch();
      },
      refused: (code) => {
        this.#ended({ because: "refused", code });
      },
    });
  }

  get state(): OpenRoomState {
    this.#state ??= this.#snapshot();
    return this.#state;
  }

  /** Whether somebody here watches it. */
  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Whether the user is one of its members, who get its messages in another way, too. */
  get isMember(): boolean {
    return this.#timeline.members.has(this.#host.userId());
  }

  watch(listener: (state: OpenRoomState) => void): () => void {
    this.#listeners.add(listener);
    if (this.#end !== undefined) {
      this.#end = undefined;
      this.touch();
    }
    this.#watch.ask();
    return () => {
      if (this.#listeners.delete(listener) && !this.isWatched) {
        this.#left();
      }
    };
  }

  async loadOlder(): Promise<void> {
    if (this.#timeline.messages.length >= MOST_KEPT) {
      const message = `messages kept: ${MOST_KEPT} (expected: fewer, after forgetOlder)`;
      throw new TernError("LIMIT_REACHED", message);
    }
    this.#keepsOlder = true;
    // What was let go of meanwhile would leave a hole behind the page.
    this.#readsOlder = true;
    try {
      await this.#history.load("before");
    } finally {
      this.#readsOlder = false;
    }
    if (this.#skipped !== undefined && this.#timeline.first <= this.#skipped.after + 1) {
      this.#skipped = undefined;
      this.touch();
    }
    this.#readQuotesSoon();
  }

  forgetOlder(): void {
    this.#keepsOlder = false;
    this.#trim();
    this.touch();
  }

  /** A live step has come. */
  apply(changes: Changes): void {
    if (!this.isWatched || this.#end !== undefined) {
      return;
    }
    const applied = this.#timeline.apply(changes);
    if (applied === "applied") {
      this.#taken(changes);
      this.touch();
    } else if (applied === "missed") {
      this.#watch.missed(changes.through);
    }
  }

  /** A page that nobody asked for by its number. */
  page(page: CatchUpPage): void {
    if (this.isWatched && this.#end === undefined) {
      this.#watch.page(page);
    }
  }

  counted(watchers: number): void {
    if (watchers !== this.#watchers) {
      this.#watchers = watchers;
      this.touch();
    }
  }

  /** The server says that the user may not watch any more. */
  sentAway(): void {
    if (this.isWatched && this.#end === undefined) {
      this.#watch.sentAway();
      this.#ended({ because: "sentAway", code: "NOT_FOUND" });
    }
  }

  /** The server has kept a message; its envelope follows, or is here already. */
  accepted(message: Message, { sequence, revision, createdAtMs }: Accepted): void {
    if (this.isWatched && sequence > (this.#timeline.position?.sequence ?? 0)) {
      this.#accepted = [...this.#accepted, { ...message, sequence, revision, createdAtMs }];
    }
    this.touch();
  }

  /** The server has changed a message as asked. */
  confirmed({ message }: MessageChanged): void {
    if (message !== undefined) {
      this.#timeline.confirm(messageFrom(message));
      this.touch();
    }
  }

  /** A new session: nobody knows what was missed. */
  resume(): void {
    this.#watch.ask();
  }

  lost(): void {
    this.#watch.lost();
  }

  /** Another user is there: nothing of it is theirs. */
  forget(): void {
    this.#watch.lost();
    this.#becomeEmpty();
    this.#end = undefined;
    this.touch();
  }

  /** Something that shows here has changed. */
  touch(): void {
    this.#state = undefined;
    this.#host.changed(this);
    const state = (): OpenRoomState => this.state;
    tellEach(this.#listeners, state, (error) => {
      this.#host.problem(clientFailed(error));
    });
  }

  #left(): void {
    this.#watch.leave();
    this.#accepted = [];
    this.#watchers = 0;
    this.#keepsOlder = false;
    this.#trim();
    this.#host.left(this);
    this.touch();
  }

  #ended(end: WatchEnd): void {
    this.#becomeEmpty();
    this.#end = end;
    this.touch();
    this.#host.ended(this);
  }

  #becomeEmpty(): void {
    this.#timeline.forget();
    this.#accepted = [];
    this.#watchers = 0;
    this.#skipped = undefined;
    this.#keepsOlder = false;
    clearTimeout(this.#quotes);
    this.#quotes = undefined;
  }

  /** Whether it follows on what is here. */
  #takePage(page: CatchUpPage): boolean {
    const before = this.#timeline.position;
    if (this.#timeline.applyPage(page) === "missed") {
      return false;
    }
    if (page.reset !== undefined && before !== undefined) {
      this.#skipped = this.#skippedSince(before);
      this.#keepsOlder = false;
    }
    if (page.changes !== undefined) {
      this.#taken(page.changes);
    }
    this.touch();
    return true;
  }

  #skippedSince(before: Position): Skipped | undefined {
    const { first, shown, position } = this.#timeline;
    // In another life of the store the old numbers mean nothing.
    const after = position?.epoch === before.epoch ? before.sequence : 0;
    return shown.hasBefore && first > after + 1 ? { after, through: first - 1 } : undefined;
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
    this.#trim();
    this.#readQuotesSoon();
  }

  #trim(): void {
    // Nobody's marker is told of such a conversation; those who post would add up.
    this.#timeline.markers.clear();
    if (!this.#readsOlder) {
      this.#timeline.keepNewest(this.#keepsOlder ? MOST_KEPT : this.#keep);
    }
  }

  #readQuotesSoon(): void {
    if (this.#quotes !== undefined || !this.#history.lacksQuotes) {
      return;
    }
    this.#quotes = setTimeout(() => {
      this.#quotes = undefined;
      if (this.isWatched && this.#watch.isCurrent) {
        // What is pinned is told to members alone.
        this.#timeline.excerpts.knowsPinned = true;
        void this.#history.readExcerpts();
      }
    }, this.#host.random() * QUOTES_WITHIN_MS);
  }

  #snapshot(): OpenRoomState {
    const { details, members, shown, position } = this.#timeline;
    const underWay = {
      accepted: this.#accepted,
      outgoing: this.#host.outgoing.in(this.conversationId),
      changes: [],
      refused: [],
    };
    return {
      conversationId: this.conversationId,
      ...(details && { details }),
      members: [...members.values()],
      messages: this.#view.messages(this.#host.userId(), underWay),
      watchers: this.#watchers,
      hasBefore: shown.hasBefore,
      isLoaded: position !== undefined,
      isBehind: !this.#watch.isCurrent,
      isGone: this.#end !== undefined,
      ...(this.#end && { end: this.#end }),
      ...(this.#skipped && { skipped: this.#skipped }),
    };
  }
}
