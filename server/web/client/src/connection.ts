// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { backoffMs } from "./backoff.js";
import type { CloseReason } from "./closeCodes.js";
import type { ConnectionState } from "./connectionState.js";
import { TernError } from "./errors.js";
import type { ClientFrame } from "./gen/tern/v1/frame.js";
import type { Hello, Welcome } from "./gen/tern/v1/hello.js";
import type { Answer } from "./requests.js";
import { type News, Session, type SessionEnd } from "./session.js";
import { type Socket, type SocketConstructor, SUBPROTOCOL } from "./socket.js";

/** A session that lasted so long ended for a new reason: waiting begins anew. */
const STABLE_MS = 10_000;
const MOST_REPEATS = 3;
/** How long a request waits for a connection that is under way. */
const READY_WITHIN_MS = 10_000;
/** The address is none, or the page may not connect to it. */
const NO_SOCKET: CloseReason = { code: 0, name: "NO_SOCKET", mayComeBack: false };

type Payload = NonNullable<ClientFrame["frame"]>;
type Answers = { [One in Answer as One["$case"]]: One["value"] };

export interface ConnectionOptions {
  readonly url: string;
  readonly socket: SocketConstructor;
  readonly random: () => number;
  /** Called before each try. */
  readonly getToken: () => Promise<string>;
  readonly hello: (accessToken: string) => Hello;
}

export interface ConnectionListener {
  changed(state: ConnectionState): void;
  welcomed(welcome: Welcome): void;
  received(news: News): void;
  /** The session is over, whatever comes next. */
  lost(): void;
}

/** Keeps one session alive: connects, comes back after a wait, stays away when told so. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #listener: ConnectionListener;
  #state: ConnectionState = { phase: "offline" };
  #session: Session | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Called when it is online, or will not be. */
  readonly #whenSettled: (() => void)[] = [];
  #failures = 0;
  #onlineSinceMs = 0;
  /** Grows with each try, so that a token that comes late finds its try is over. */
  #tries = 0;

  constructor(options: ConnectionOptions, listener: ConnectionListener) {
    this.#options = options;
    this.#listener = listener;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get isOnline(): boolean {
    return this.#state.phase === "online";
  }

  /** Connects now, also when it was waiting or refused; has no effect while connected. */
  connect(): void {
    if (this.#state.phase === "online" || this.#state.phase === "connecting") {
      return;
    }
    this.#failures = 0;
    this.#open();
  }

  /** Does not wait any longer, if it was waiting. */
  comeBackNow(): void {
    if (this.#state.phase === "waiting") {
      this.#open();
    }
  }

  /** Closes the socket and stays away until `connect()`. */
  disconnect(): void {
    this.#tries += 1;
    clearTimeout(this.#timer);
    const session = this.#session;
    this.#session = undefined;
    this.#become({ phase: "offline" });
    if (session !== undefined) {
      session.close();
      this.#listener.lost();
    }
  }

  /** Resolves once online; rejects when nobody connects, or it takes too long. */
  async ready(): Promise<void> {
    const isUnderWay = this.#state.phase === "connecting" || this.#state.phase === "waiting";
    if (isUnderWay) {
      await new Promise<void>((resolve) => {
        const deadline = setTimeout(resolve, READY_WITHIN_MS);
        this.#whenSettled.push(() => {
          clearTimeout(deadline);
          resolve();
        });
      });
    }
    if (!this.isOnline) {
      throw new TernError("NOT_CONNECTED", `connection: ${this.#state.phase}`, true);
    }
  }

  /** Sends a frame that has no answer; drops it when not online. */
  send(frame: Payload): void {
    if (this.isOnline) {
      this.#session?.send(frame);
    }
  }

  /** Resolves with the answer; rejects with TernError. */
  request<Case extends keyof Answers>(frame: Payload, expected: Case): Promise<Answers[Case]> {
    return new Promise((resolve, reject) => {
      this.requestAll(frame, expected, (answer) => {
        resolve(answer);
        return true;
      }).catch(reject);
    });
  }

  /** For requests that may be repeated: tries again a few times where the server says so. */
  async requestPatiently<Case extends keyof Answers>(
    frame: Payload,
    expected: Case,
  ): Promise<Answers[Case]> {
    for (let repeats = 0; ; repeats++) {
      try {
        return await this.request(frame, expected);
      } catch (error) {
        const mayRepeat = error instanceof TernError && error.mayRetry && this.isOnline;
        if (!mayRepeat || repeats >= MOST_REPEATS) {
          throw error;
        }
        const waitMs = error.retryAfterMs || backoffMs(repeats, this.#options.random);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  /** For requests with several answers; `take` returns whether an answer was the last. */
  async requestAll<Case extends keyof Answers>(
    frame: Payload,
    expected: Case,
    take: (answer: Answers[Case]) => boolean,
  ): Promise<void> {
    if (!this.isOnline || this.#session === undefined) {
      throw new TernError("NOT_CONNECTED", `${frame.$case} needs a connection`, true);
    }
    await this.#session.request(frame, (answer) => {
      if (answer.$case !== expected) {
        throw new TernError("UNEXPECTED_ANSWER", `${answer.$case} (expected: ${expected})`);
      }
      return take(answer.value as Answers[Case]);
    });
  }

  #open(): void {
    clearTimeout(this.#timer);
    this.#tries += 1;
    const current = this.#tries;
    this.#become({ phase: "connecting", attempt: this.#failures + 1 });
    this.#options.getToken().then(
      (accessToken) => {
        if (current === this.#tries) {
          this.#begin(accessToken);
        }
      },
      () => {
        if (current === this.#tries) {
          this.#waitAfter({ code: 0, name: "NO_TOKEN", mayComeBack: true });
        }
      },
    );
  }

  #begin(accessToken: string): void {
    const socket = this.#newSocket();
    if (socket === undefined) {
      this.#become({ phase: "refused", reason: NO_SOCKET });
      return;
    }
    const session = new Session(socket, this.#options.hello(accessToken), {
      welcomed: (welcome) => {
        this.#onlineSinceMs = Date.now();
        this.#become({ phase: "online", sessionId: welcome.sessionId });
        this.#listener.welcomed(welcome);
      },
      received: (news) => {
        this.#listener.received(news);
      },
      ended: (end) => {
        if (this.#session === session) {
          this.#ended(end);
        }
      },
    });
    this.#session = session;
  }

  /** Undefined where none may be opened: another try would end the same way. */
  #newSocket(): Socket | undefined {
    try {
      return new this.#options.socket(this.#options.url, [SUBPROTOCOL]);
    } catch {
      return undefined;
    }
  }

  #ended(end: SessionEnd): void {
    const wasStable = this.isOnline && Date.now() - this.#onlineSinceMs >= STABLE_MS;
    if (wasStable) {
      this.#failures = 0;
    }
    this.#session = undefined;
    if (end.reason.mayComeBack) {
      this.#waitAfter(end.reason, end.comeBackAfterMs);
    } else {
      this.#become({ phase: "refused", reason: end.reason });
    }
    this.#listener.lost();
  }

  /** A time that the server told is spread already and taken as it is; 0 means it told none. */
  #waitAfter(reason: CloseReason, toldMs = 0): void {
    const waitMs = toldMs || backoffMs(this.#failures, this.#options.random);
    this.#failures += 1;
    this.#become({ phase: "waiting", reason, comeBackAtMs: Date.now() + waitMs });
    this.#timer = setTimeout(() => {
      this.#open();
    }, waitMs);
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.#listener.changed(state);
    if (state.phase !== "connecting" && state.phase !== "waiting") {
      for (const settled of this.#whenSettled.splice(0)) {
        settled();
      }
    }
  }
}
