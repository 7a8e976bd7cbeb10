// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Socket, SocketConstructor } from "@tern/client";

/** What the client is told of a socket that broke without a word. */
const BROKEN = { code: 1006 } as never;

/** A device's way to the server, which can freeze: it looks open, and nothing gets through. */
export class Line {
  /** For a client; all its sockets share this line. */
  readonly socket: SocketConstructor;
  readonly #sockets = new Set<LineSocket>();
  #isFrozen = false;

  constructor() {
    const sockets = this.#sockets;
    const isFrozen = (): boolean => this.#isFrozen;
    this.socket = class extends LineSocket {
      constructor(url: string, protocols: string[]) {
        super(new WebSocket(url, protocols), isFrozen, () => sockets.delete(this));
        sockets.add(this);
      }
    };
  }

  /** From now on neither side hears of the other, as behind a network that has forgotten both. */
  freeze(): void {
    this.#isFrozen = true;
  }

  /** Things get through again; what was open meanwhile turns out to be broken. */
  thaw(): void {
    if (!this.#isFrozen) {
      return;
    }
    this.#isFrozen = false;
    for (const socket of [...this.#sockets]) {
      socket.break();
    }
  }
}

class LineSocket implements Socket {
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  onerror: Socket["onerror"] = null;
  readonly #real: WebSocket;
  readonly #isFrozen: () => boolean;
  readonly #over: () => void;
  #hasClosed = false;

  constructor(real: WebSocket, isFrozen: () => boolean, over: () => void) {
    this.#real = real;
    this.#isFrozen = isFrozen;
    this.#over = over;
    real.onopen = (event) => {
      this.#tell(() => this.onopen?.(event as never));
    };
    real.onmessage = (event) => {
      this.#tell(() => this.onmessage?.(event as never));
    };
    real.onerror = (event) => {
      this.#tell(() => this.onerror?.(event as never));
    };
    real.onclose = (event) => {
      this.#tell(() => {
        this.#close(event as never);
      });
    };
  }

  get binaryType(): string {
    return this.#real.binaryType;
  }

  set binaryType(type: string) {
    this.#real.binaryType = type as BinaryType;
  }

  send(data: Uint8Array<ArrayBuffer>): void {
    this.#tell(() => {
      this.#real.send(data);
    });
  }

  /** While frozen the server does not hear of it. */
  close(code?: number, reason?: string): void {
    this.#tell(() => {
      this.#real.close(code, reason);
    });
  }

  break(): void {
    this.#real.close();
    this.#close(BROKEN);
  }

  #tell(act: () => void): void {
    if (!this.#isFrozen()) {
      act();
    }
  }

  #close(event: never): void {
    if (!this.#hasClosed) {
      this.#hasClosed = true;
      this.#over();
      this.onclose?.(event);
    }
  }
}
