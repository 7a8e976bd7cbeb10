// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { type CloseReason, closeReason } from "./closeCodes.js";
import { TernError } from "./errors.js";
import type { Hello, Welcome } from "./gen/tern/v1/hello.js";
import { ClientFrame, ServerFrame } from "./gen/tern/v1/frame.js";
import { type Answer, Requests } from "./requests.js";
import type { Socket } from "./socket.js";

const WELCOME_DEADLINE_MS = 15_000;
const USUAL_PING_INTERVAL_MS = 30_000;

/** The client's own word: the protocol's code for bytes that hold no frame is about a client's. */
const UNREADABLE: CloseReason = { code: 0, name: "UNREADABLE_FRAME", mayComeBack: true };

type Payload = NonNullable<ClientFrame["frame"]>;
export type News = NonNullable<ServerFrame["frame"]>;

/** How a session ended; `comeBackAfterMs` is set where the server said Goodbye. */
export interface SessionEnd {
  readonly reason: CloseReason;
  readonly comeBackAfterMs?: number;
}

export interface SessionListener {
  welcomed(welcome: Welcome): void;
  received(news: News): void;
  /** Called once; nothing follows. */
  ended(end: SessionEnd): void;
}

/**
 * One socket from Hello to its end. Notices a dead peer: browsers hide WebSocket pings, so after
 * the server's ping interval without a frame it asks by a Ping frame of its own.
 */
export class Session {
  readonly #socket: Socket;
  readonly #listener: SessionListener;
  readonly #requests: Requests;
  #watch: ReturnType<typeof setTimeout>;
  #goodbye: SessionEnd | undefined;
  #lastHeardMs = Date.now();
  #isWelcomed = false;
  #hasEnded = false;

  constructor(socket: Socket, hello: Hello, listener: SessionListener) {
    this.#socket = socket;
    this.#listener = listener;
    this.#requests = new Requests((id, frame) => {
      this.#write({ id, frame });
    });
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#write({ id: this.#requests.nextId(), frame: { $case: "hello", value: hello } });
    };
    socket.onmessage = (event: { data: unknown }) => {
      this.#read(event.data);
    };
    socket.onclose = (event: { code: number }) => {
      this.#end(this.#goodbye ?? { reason: closeReason(event.code) });
    };
    // A close event with its code follows each error.
    socket.onerror = () => undefined;
    this.#watch = setTimeout(() => {
      this.#giveUp();
    }, WELCOME_DEADLINE_MS);
  }

  /** Sends a frame that has no answer. */
  send(frame: Payload): void {
    this.#write({ id: 0, frame });
  }

  /** Sends a frame; `take` gets each answer and returns whether it was the last. */
  request(frame: Payload, take: (answer: Answer) => boolean): Promise<void> {
    return this.#requests.ask(frame, take);
  }

  /** Closes at once; the server sees a normal end. */
  close(): void {
    this.#socket.close(1000);
    this.#end({ reason: closeReason(1000) });
  }

  #write(frame: ClientFrame): void {
    if (!this.#hasEnded) {
      this.#socket.send(ClientFrame.encode(frame).finish());
    }
  }

  #read(data: unknown): void {
    if (this.#hasEnded) {
      return;
    }
    this.#lastHeardMs = Date.now();
    const server = decode(data);
    if (server === undefined) {
      this.#socket.close(1000);
      this.#end({ reason: UNREADABLE });
      return;
    }
    const { id, frame } = server;
    if (frame === undefined) {
      return;
    }
    if (frame.$case === "welcome") {
      this.#welcome(frame.value);
    } else if (frame.$case === "goodbye") {
      const { closeCode: code, name, mayComeBack, comeBackAfterMs } = frame.value;
      this.#goodbye = { reason: { code, name, mayComeBack }, comeBackAfterMs };
    } else if (id === 0) {
      this.#listener.received(frame);
    } else {
      this.#requests.answer(id, frame);
    }
  }

  #welcome(welcome: Welcome): void {
    if (this.#isWelcomed) {
      return;
    }
    this.#isWelcomed = true;
    clearTimeout(this.#watch);
    this.#requests.allow(welcome.limits?.maxRequestsInFlight ?? 0);
    this.#watchSilence(welcome.limits?.pingIntervalMs ?? 0);
    this.#listener.welcomed(welcome);
  }

  #watchSilence(pingIntervalMs: number): void {
    const interval = pingIntervalMs || USUAL_PING_INTERVAL_MS;
    this.#watch = setTimeout(() => {
      const silentMs = Date.now() - this.#lastHeardMs;
      if (silentMs >= 2 * interval) {
        this.#giveUp();
        return;
      }
      if (silentMs >= interval) {
        this.send({ $case: "ping", value: {} });
      }
      this.#watchSilence(interval);
    }, interval);
  }

  #giveUp(): void {
    this.#socket.close();
    this.#end({ reason: closeReason(1006) });
  }

  #end(end: SessionEnd): void {
    if (this.#hasEnded) {
      return;
    }
    this.#hasEnded = true;
    clearTimeout(this.#watch);
    this.#requests.fail(new TernError("CONNECTION_LOST", "the socket has closed", true));
    this.#listener.ended(end);
  }
}

function decode(data: unknown): ServerFrame | undefined {
  if (!(data instanceof ArrayBuffer)) {
    return undefined;
  }
  try {
    return ServerFrame.decode(new Uint8Array(data));
  } catch {
    return undefined;
  }
}
