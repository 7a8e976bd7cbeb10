// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { type ClientFrame, type ServerFrame } from "../../src/gen/tern/v1/frame.js";
import type { Hello } from "../../src/gen/tern/v1/hello.js";
import { InboxPlace } from "../../src/gen/tern/v1/inbox.js";
import type { Changes } from "../../src/gen/tern/v1/message.js";
import type { SocketConstructor } from "../../src/socket.js";
import { answerToArrange, isArrange } from "./fakeArrangement.js";
import { answerToChange } from "./fakeChanges.js";
import { answerToWatch, FakeWatchers } from "./fakeWatchers.js";
import { FakeConversation } from "./fakeConversation.js";
import { FakeSocket } from "./fakeSocket.js";

type Payload = NonNullable<ClientFrame["frame"]>;
type Payloads = { [One in Payload as One["$case"]]: One["value"] };
type Answer = NonNullable<ServerFrame["frame"]>;

/** One socket after its Hello, as the fake server sees it. */
export class FakeSession {
  readonly socket: FakeSocket;
  readonly userId: string;
  readonly hello: Hello;

  constructor(socket: FakeSocket, hello: Hello) {
    this.socket = socket;
    this.hello = hello;
    this.userId = hello.accessToken.replace(/^token-of-/, "");
  }

  send(frame: Answer, id = 0): void {
    this.socket.deliver({ id, frame });
  }
}

/**
 * A server in memory that speaks the protocol for real, byte for byte, for as many clients as
 * connect. Tests read what it received and plant faults by `intercept`.
 */
export class FakeServer {
  readonly sessions: FakeSession[] = [];
  /** Every frame that came, in order. */
  readonly received: { userId: string; frame: Payload }[] = [];
  readonly conversations = new Map<string, FakeConversation>();
  /** Who watches what. */
  readonly watchers = new FakeWatchers();
  epoch = "epoch-1";
  /** Sockets that opened, whether they said Hello or not. */
  opened = 0;
  /** Set to refuse connections. */
  isDown = false;
  /** Returns true to keep a frame from being answered; may act on the session itself. */
  intercept: (session: FakeSession, frame: Payload, id: number) => boolean = () => false;
  limits = { maxRequestsInFlight: 16, pingIntervalMs: 30_000, editWindowMs: 172_800_000 };

  /** To be given to a client as its WebSocket. */
  socketConstructor(): SocketConstructor {
    const open = (): boolean => {
      this.opened += this.isDown ? 0 : 1;
      return !this.isDown;
    };
    const receive = (socket: FakeSocket, frame: ClientFrame): void => {
      this.#receive(socket, frame);
    };
    const closed = (socket: FakeSocket): void => {
      const at = this.sessions.findIndex((session) => session.socket === socket);
      if (at >= 0) {
        this.sessions.splice(at, 1).forEach((session) => {
          this.watchers.leaveAll(session);
        });
      }
    };
    return class extends FakeSocket {
      constructor() {
        super({ open, receive, closed });
      }
    };
  }

  framesOf<Case extends keyof Payloads>($case: Case): Payloads[Case][] {
    return this.received
      .filter(({ frame }) => frame.$case === $case)
      .map(({ frame }) => frame.value as Payloads[Case]);
  }

  create(conversationId: string, ...userIds: string[]): FakeConversation {
    const conversation = new FakeConversation(conversationId, userIds);
    this.conversations.set(conversationId, conversation);
    return conversation;
  }

  /** Keeps a message as if `senderId` had sent it from elsewhere, and announces it. */
  say(conversationId: string, senderId: string, text: string): void {
    const conversation = this.#conversation(conversationId);
    this.announce(conversation, conversation.say(senderId, text));
  }

  announce(conversation: FakeConversation, changes: Changes): void {
    const membershipRevision = 1;
    for (const session of [...this.sessions]) {
      const isConcerned = changes.members.some(({ userId }) => userId === session.userId);
      const isWatching = this.watchers.has(conversation.conversationId, session);
      if (conversation.has(session.userId) || isConcerned || isWatching) {
        session.send({ $case: "envelope", value: { changes, membershipRevision } });
      }
    }
  }

  updateInbox(conversation: FakeConversation): void {
    for (const session of this.sessions.filter(({ userId }) => conversation.has(userId))) {
      const entries = [conversation.entry(session.userId)];
      session.send({
        $case: "inboxUpdate",
        value: { entries, badge: this.#badge(session.userId) },
      });
    }
  }

  /** Cuts all sockets, as a lost network does. */
  cut(): void {
    for (const session of [...this.sessions]) {
      session.socket.end(1006);
    }
  }

  /** Says Goodbye to all and closes. */
  goodbye(closeCode: number, mayComeBack: boolean, comeBackAfterMs = 0): void {
    for (const session of [...this.sessions]) {
      const value = { closeCode, name: "TOLD", mayComeBack, comeBackAfterMs };
      session.send({ $case: "goodbye", value });
      session.socket.end(closeCode);
    }
  }

  #conversation(conversationId: string): FakeConversation {
    const conversation = this.conversations.get(conversationId);
    if (conversation === undefined) {
      throw new Error(`no conversation ${conversationId}`);
    }
    return conversation;
  }

  #receive(socket: FakeSocket, { id, frame }: ClientFrame): void {
    if (frame?.$case === "hello") {
      const session = new FakeSession(socket, frame.value);
      this.received.push({ userId: session.userId, frame });
      if (!this.intercept(session, frame, id)) {
        this.sessions.push(session);
        session.send({ $case: "welcome", value: this.#welcome(session) }, id);
      }
      return;
    }
    const session = this.sessions.find((one) => one.socket === socket);
    if (session !== undefined && frame !== undefined) {
      this.received.push({ userId: session.userId, frame });
      if (!this.intercept(session, frame, id)) {
        this.answer(session, frame, id);
      }
    }
  }

  /** Answers a frame as the protocol says. */
  answer(session: FakeSession, frame: Payload, id: number): void {
    const { userId } = session;
    switch (frame.$case) {
      case "sendMessage": {
        const conversation = this.#conversation(frame.value.conversationId);
        const known = conversation.accepted(userId, frame.value.clientMessageId);
        const changes = known === undefined ? conversation.send(userId, frame.value) : undefined;
        const accepted = conversation.accepted(userId, frame.value.clientMessageId);
        if (accepted !== undefined) {
          const value = { ...accepted, duplicate: known !== undefined };
          session.send({ $case: "accepted", value }, id);
        }
        if (changes !== undefined) {
          this.announce(conversation, changes);
        }
        return;
      }
      case "catchUp": {
        const conversation = this.conversations.get(frame.value.conversationId);
        if (!conversation?.has(userId)) {
          this.fail(session, id, 3);
          return;
        }
        for (const page of conversation.catchUp(userId, frame.value.position, this.epoch)) {
          session.send({ $case: "catchUpPage", value: page }, id);
        }
        return;
      }
      case "watchConversation":
      case "unwatchConversation":
        answerToWatch(this, session, frame, id);
        return;
      case "readHistory": {
        const value = this.#conversation(frame.value.conversationId).history(userId, frame.value);
        session.send({ $case: "historyPage", value }, id);
        return;
      }
      case "markRead": {
        const { conversationId, sequence } = frame.value;
        const conversation = this.#conversation(conversationId);
        const read = conversation.markRead(userId, sequence);
        const unread = conversation.unread(userId);
        session.send({ $case: "markedRead", value: { conversationId, read, unread } }, id);
        this.tellMarkers(conversation);
        return;
      }
      case "setTyping":
        for (const other of this.sessions.filter((one) => one !== session)) {
          other.send({ $case: "typing", value: { ...frame.value, userId } });
        }
        return;
      case "ping":
        session.send({ $case: "pong", value: { serverTimeMs: Date.now() } }, id);
        return;
      case "openDirect": {
        const conversation = this.create("direct-1", userId, frame.value.userId);
        session.send({ $case: "conversationOpened", value: conversation.opened() }, id);
        return;
      }
      case "refreshToken":
        session.send({ $case: "tokenRefreshed", value: { tokenExpiresAtMs: 1 } }, id);
        return;
      case "editMessage":
      case "deleteMessage":
      case "setReaction":
      case "pinMessage":
      case "listPinned":
      case "readEdits": {
        const conversation = this.#conversation(frame.value.conversationId);
        const { answer, changes } = answerToChange(conversation, userId, frame);
        session.send(answer, id);
        if (changes !== undefined) {
          this.announce(conversation, changes);
        }
        return;
      }
      default:
        if (isArrange(frame)) {
          const conversation = this.#conversation(frame.value.conversationId);
          session.send(answerToArrange(conversation, userId, frame), id);
          this.#updateInboxOf(conversation, userId);
        }
    }
  }

  #updateInboxOf(conversation: FakeConversation, userId: string): void {
    for (const session of this.sessions.filter((one) => one.userId === userId)) {
      const entries = [conversation.entry(userId)];
      const value = { entries, badge: this.#badge(userId) };
      session.send({ $case: "inboxUpdate", value });
    }
  }

  fail(
    session: FakeSession,
    id: number,
    code: 1 | 2 | 3 | 4 | 8 | 9 | 11 | 18,
    retryAfterMs = 0,
  ): void {
    const value = { code, message: "planted", mayRetry: code === 8 || code === 9, retryAfterMs };
    session.send({ $case: "error", value }, id);
  }

  tellMarkers(conversation: FakeConversation): void {
    const { conversationId } = conversation;
    for (const session of this.sessions.filter(({ userId }) => conversation.has(userId))) {
      const markers = conversation.markersNow();
      session.send({ $case: "receipt", value: { conversationId, markers } });
    }
  }

  #badge(userId: string): number {
    return [...this.conversations.values()]
      .filter((conversation) => conversation.has(userId))
      .filter((conversation) => conversation.arrangementOf(userId).place === InboxPlace.MAIN)
      .reduce((sum, conversation) => sum + conversation.unread(userId), 0);
  }

  #welcome({ userId }: FakeSession): Extract<Answer, { $case: "welcome" }>["value"] {
    const mine = [...this.conversations.values()].filter((one) => one.has(userId));
    return {
      userId,
      sessionId: "session",
      epoch: this.epoch,
      serverTimeMs: Date.now(),
      tokenExpiresAtMs: 0,
      inbox: {
        entries: mine.map((conversation) => conversation.entry(userId)),
        nextPage: "",
        cursor: `cursor-${this.epoch}`,
        badge: this.#badge(userId),
        reset: false,
      },
      limits: {
        maxFrameBytes: 65_536,
        maxContentBytes: 16_384,
        maxMetadataBytes: 2_048,
        maxPageEntries: 100,
        maxGroupMembers: 1_000,
        ...this.limits,
      },
    };
  }
}
