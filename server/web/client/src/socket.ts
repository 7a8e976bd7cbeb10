// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** The part of the browser's WebSocket that this client uses; the package `ws` has it too. */
export interface Socket {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
}

/** Opens a socket. */
export type SocketConstructor = new (url: string, protocols: string[]) => Socket;

export const SUBPROTOCOL = "tern.v1.proto";
