// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { TernError } from "./errors.js";

const MOST_LOSSES = 3;

/** Asks again after a lost connection: for requests that carry an id of their own. */
export async function throughLosses<Answer>(
  ready: () => Promise<void>,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (let losses = 1; ; losses++) {
    await ready();
    try {
      return await ask();
    } catch (error) {
      const isLost = error instanceof TernError && error.code === "CONNECTION_LOST";
      if (!isLost || losses > MOST_LOSSES) {
        throw error;
      }
    }
  }
}
