// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Why a connection ended, and whether the client comes back by itself. With `code` 0 `name` is one
 * of this client's own: NO_TOKEN, NO_SOCKET, UNREADABLE_FRAME.
 */
export interface CloseReason {
  readonly code: number;
  readonly name: string;
  readonly mayComeBack: boolean;
}

/** The names of the protocol's close codes; a code beyond the table shows as its number. */
const NAMES: Readonly<Record<number, string>> = {
  1000: "NORMAL",
  1002: "PROTOCOL_ERROR",
  1003: "UNSUPPORTED_DATA",
  1006: "CONNECTION_LOST",
  1007: "INVALID_PAYLOAD",
  1009: "TOO_BIG",
  1011: "INTERNAL_ERROR",
  1012: "GOING_AWAY",
  4000: "HELLO_TIMEOUT",
  4001: "IDLE",
  4002: "SLOW",
  4003: "TOKEN_EXPIRED",
  4004: "OVERLOADED",
  4005: "TOO_MANY_FRAMES",
  4500: "UNAUTHENTICATED",
  4501: "HELLO_EXPECTED",
  4502: "INVALID_HELLO",
  4503: "WRONG_USER",
  4504: "REPLACED",
  4505: "TOO_MANY_SESSIONS",
  4506: "BARRED",
  4507: "DISCONNECTED",
};

const FOR_GOOD = new Set([1002, 1003, 1007, 1009]);

/** What a close code means where no Goodbye came before it. */
export function closeReason(code: number): CloseReason {
  return {
    code,
    name: NAMES[code] ?? String(code),
    mayComeBack: !FOR_GOOD.has(code) && !(code >= 4500 && code <= 4999),
  };
}
