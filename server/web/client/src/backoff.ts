// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

const FIRST_MS = 1_000;
const MOST_MS = 30_000;

/**
 * How long to wait before try number `attempt` (from 0): anything between nothing and a bound
 * that doubles. Full jitter spreads those who lost the same node better than a jittered step.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const bound = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.floor(random() * bound);
}
