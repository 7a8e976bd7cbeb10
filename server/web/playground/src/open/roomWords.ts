// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { OpenRoomState, WatchEnd } from "@tern/client";
import { problemOf } from "../ground/wording.js";

const COUNT = new Intl.NumberFormat();

/** How many watch; the server counts roughly, and never less than the one who looks. */
export function countOf(watchers: number): string {
  return COUNT.format(Math.max(watchers, 1));
}

/** What stands below a room's name. */
export function standingOf({ isLoaded, isBehind, watchers, isGone }: OpenRoomState): string {
  if (isGone) {
    return "Not watching";
  }
  if (isBehind) {
    return isLoaded ? "Catching up…" : "Coming in…";
  }
  return `Live · ${countOf(watchers)} watching`;
}

/** Why one does not watch, as sentences. */
export function endWords({ because, code }: WatchEnd): string {
  if (because === "sentAway") {
    return "You may not watch this room any longer, or it is gone.";
  }
  switch (code) {
    case "NOT_FOUND":
      return "There is no such room, or it is not open to you.";
    case "LIMIT_REACHED":
      return "You watch as many rooms as you may. Leave one of them first.";
    default:
      return problemOf(code);
  }
}

/** How many messages were passed over. */
export function skippedWords(count: number): string {
  const what = count === 1 ? "1 message was" : `${COUNT.format(count)} messages were`;
  return `${what} passed over while you were away`;
}
