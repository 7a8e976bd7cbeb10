// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { ClientFrame, ServerFrame } from "../../src/gen/tern/v1/frame.js";
import type { Socket } from "../../src/socket.js";

export interface FakeSocketOwner {
  /** Whether the connection succeeds. */
  open(socket: FakeSocket): boolean;
  receive(socket: FakeSocket, frame: ClientFrame): void;
  closed(socket: FakeSocket): void;
}

/** Both ends of a socket in memory; frames cross it as bytes, in order, each in its own turn. */
export class FakeSocket implements Socket {
  binaryType = "blob";
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly #owner: FakeSocketOwner;
  #isOpen = true;
  #isFrozen = false;

  constructor(owner: FakeSocketOwner) {
    this.#owner = owner;
    queueMicrotask(() => {
      if (owner.open(this)) {
        this.onopen?.({} as never);
      } else {
        this.end(1006);
      }
    });
  }

  send(data: Uint8Array): void {
    const frame = ClientFrame.decode(data.slice());
    queueMicrotask(() => {
      if (this.#isOpen && !this.#isFrozen) {
        this.#owner.receive(this, frame);
      }
    });
  }

  close(code = 1005): void {
    this.end(code);
  }

  /** The server sends a frame. */
  deliver(frame: ServerFrame): void {
    const bytes = ServerFrame.encode(frame).finish();
    this.deliverBytes(bytes.slice().buffer);
  }

  deliverBytes(data: unknown): void {
    queueMicrotask(() => {
      if (this.#isOpen && !this.#isFrozen) {
        this.onmessage?.({ data } as never);
      }
    });
  }

  /** The network swallows everything from now on, and nobody is told. */
  freeze(): void {
    this.#isFrozen = true;
  }

  end(code: number): void {
    queueMicrotask(() => {
      if (this.#isOpen) {
        this.#isOpen = false;
        this.#owner.closed(this);
        this.onclose?.({ code } as never);
      }
    });
  }
}
