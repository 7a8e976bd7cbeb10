// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { CatchUp } from "./catchUp.js";
import type { ConversationHost } from "./conversationHost.js";
import { tellEach } from "./emitter.js";
import { clientFailed, TernError } from "./errors.js";
import { detailsFrom, memberFrom, messageFrom } from "./fromWire.js";
import type { MessageChanged } from "./gen/tern/v1/change.js";
import type { ConversationOpened } from "./gen/tern/v1/conversation.js";
import type { CatchUpPage } from "./gen/tern/v1/catch_up.js";
import type { Accepted, Changes } from "./gen/tern/v1/message.js";
import { History } from "./history.js";
import type { ConversationState, InboxEntry, Marker, Message } from "./model.js";
import type { StoredConversation } from "./storage.js";
import { Timeline } from "./timeline.js";
import { TimelineView } from "./timelineView.js";

/** Keeps one conversation up to date: takes the news, and asks for what was missed. */
export class LiveConversation {
  readonly conversationId: string;
  readonly history: History;
  readonly #host: ConversationHost;
  readonly #timeline: Timeline;
  readonly #view: TimelineView;
  readonly #catchUp: CatchUp;
  readonly #listeners = new Set<(state: ConversationState) => void>();
  /** Accepted, but their envelope has not come yet. */
  #accepted: readonly Message[] = [];
  #state: ConversationState | undefined;
  #isGone = false;

  constructor(conversationId: string, host: ConversationHost) {
    this.conversationId = conversationId;
    this.#host = host;
    this.#timeline = new Timeline(() => host.userId());
    this.#view = new TimelineView(this.#timeline);
    const { connection } = host;
    this.history = new History(conversationId, connection, this.#timeline, () => {
      this.#touched();
    });
    this.#catchUp = new CatchUp(conversationId, connection, {
      position: () => this.#timeline.position,
      isWanted: () => this.#listeners.size > 0 && !this.#isGone,
      took: (page) => {
        this.#takePage(page);
      },
      caughtUp: () => {
        this.#caughtUp();
      },
      gone: () => {
        this.gone();
      },
      problem: (error) => {
        host.problem(error);
      },
    });
  }

  /** A new object after each change. */
  get state(): ConversationState {
    this.#state ??= this.#snapshot();
    return this.#state;
  }

  subscribe(listener: (state: ConversationState) => void): () => void {
    this.#listeners.add(listener);
    this.#catchUp.ask();
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The user has read up to there. */
  markRead(sequence: number): void {
    const userId = this.#host.userId();
    if (sequence > (this.#timeline.markers.get(userId)?.read ?? 0)) {
      this.#timeline.applyMarkers([{ userId, delivered: sequence, read: sequence }]);
      this.#touched();
      this.#host.readUpTo(this.conversationId, sequence);
    }
  }

  async load(side: "before" | "after"): Promise<void> {
    await this.history.load(side);
    this.#readExcerpts();
  }

  async jumpTo(sequence: number): Promise<boolean> {
    const isHere = await this.history.jumpTo(sequence);
    this.#readExcerpts();
    return isHere;
  }

  /** A message that is known here, shown or not. */
  find(sequence: number): Message | undefined {
    return this.#timeline.find(sequence);
  }

  /** The server has kept a message; its envelope follows, or is here already. */
  accepted(message: Message, accepted: Accepted): void {
    const { sequence, revision, createdAtMs } = accepted;
    if (sequence > (this.#timeline.position?.sequence ?? 0)) {
      this.#accepted = [...this.#accepted, { ...message, sequence, revision, createdAtMs }];
    }
    this.#touched();
  }

  /** The server has changed a message as asked; the envelope follows, or is here. */
  confirmed({ message: wire }: MessageChanged): void {
    if (wire !== undefined) {
      const message = messageFrom(wire);
      this.#timeline.confirm(message);
      this.#accepted = this.#accepted.map((one) =>
        one.sequence === message.sequence ? message : one,
      );
    }
    this.#touched();
  }

  /** A live step has come. */
  apply(changes: Changes): void {
    const applied = this.#timeline.apply(changes);
    if (applied === "applied") {
      this.#taken(changes);
      this.#touched();
      this.#readExcerpts();
    } else if (applied === "missed") {
      this.#catchUp.behind();
    }
  }

  applyMarkers(markers: readonly Marker[]): void {
    if (this.#timeline.applyMarkers(markers)) {
      this.#touched();
    }
  }

  /** The user's own marker as it stands now, which may be further back. */
  readIs(read: number): void {
    if (this.#timeline.setOwnRead(read)) {
      this.#touched();
    }
  }

  /** The answer to a request that opened or read this conversation. */
  applyOpened(opened: ConversationOpened): void {
    if (opened.conversation !== undefined) {
      this.#timeline.details = detailsFrom(opened.conversation);
    }
    this.#timeline.setMembers(opened.members.map(memberFrom));
    this.#isGone = false;
    this.#touched();
  }

  /** What the list says: where the conversation stands, which may have come back. */
  listed({ revision, marker, visibleFrom }: InboxEntry): void {
    this.readIs(marker.read);
    if (this.#timeline.seeFrom(visibleFrom)) {
      this.#touched();
    }
    if (this.#isGone || (this.#timeline.position?.revision ?? -1) < revision) {
      this.#isGone = false;
      this.#catchUp.behind();
    }
  }

  /** The user is no longer a member. */
  gone(): void {
    this.#timeline.forget();
    this.#accepted = [];
    this.#isGone = true;
    this.#touched();
  }

  /** A new session: nobody knows what was missed. */
  resume(): void {
    this.#catchUp.behind();
  }

  lost(): void {
    this.#catchUp.lost();
    this.#touched();
  }

  /** Something that shows here has changed elsewhere: outgoing messages, typing. */
  touch(): void {
    this.#touched();
  }

  stored(): StoredConversation {
    return this.#timeline.stored(this.conversationId);
  }

  restore(stored: StoredConversation): void {
    this.#timeline.restore(stored);
    this.#touched();
  }

  get position(): Timeline["position"] {
    return this.#timeline.position;
  }

  #takePage(page: CatchUpPage): void {
    if (this.#timeline.applyPage(page) === "missed") {
      throw new TernError("UNEXPECTED_ANSWER", "a catch-up page leaves a gap", true);
    }
    if (page.changes !== undefined) {
      this.#taken(page.changes);
    }
    this.#touched();
  }

  #caughtUp(): void {
    this.#host.caughtUp(this);
    this.#touched();
    this.#readExcerpts();
    this.#readMissingMembers().catch(() => {
      // The next catching up asks again.
    });
  }

  #readExcerpts(): void {
    if (this.#catchUp.isCurrent && this.#listeners.size > 0) {
      void this.history.readExcerpts();
    }
  }

  /** A first page may leave out members of a large group. */
  async #readMissingMembers(): Promise<void> {
    if (this.#timeline.members.size < (this.#timeline.details?.memberCount ?? 0)) {
      const value = { conversationId: this.conversationId };
      const frame = { $case: "readConversation", value } as const;
      this.applyOpened(await this.#host.connection.requestPatiently(frame, "conversationOpened"));
    }
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
    if (changes.members.find((member) => member.userId === userId)?.removed === true) {
      this.gone();
    }
  }

  #touched(): void {
    this.#state = undefined;
    this.#host.changed(this);
    const state = (): ConversationState => this.state;
    tellEach(this.#listeners, state, (error) => {
      this.#host.problem(clientFailed(error));
    });
  }

  #snapshot(): ConversationState {
    const { details, members, markers, shown, hasAfter, position } = this.#timeline;
    const userId = this.#host.userId();
    return {
      conversationId: this.conversationId,
      ...(details && { details }),
      members: [...members.values()],
      messages: this.#view.messages(userId, {
        accepted: this.#accepted,
        outgoing: this.#host.outgoing.in(this.conversationId),
        changes: this.#host.changes.in(this.conversationId),
        refused: this.#host.changes.refusedIn(this.conversationId),
      }),
      pinned: this.#timeline.pinned,
      markers: new Map(markers),
      typing: this.#host.typing.in(this.conversationId),
      hasBefore: shown.hasBefore,
      hasAfter,
      isLoaded: position !== undefined,
      isBehind: !this.#catchUp.isCurrent,
      isGone: this.#isGone,
    };
  }
}
