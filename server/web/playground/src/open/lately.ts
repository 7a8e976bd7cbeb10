// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { keep, kept } from "../ground/kept.js";

const MOST = 5;

/** A room that somebody has watched. */
export interface LatelyWatched {
  readonly roomId: string;
  readonly name: string;
}

function keyOf(userId: string): string {
  return `tern.rooms.${userId}`;
}

/** The rooms that a user watched lately in this tab, the latest first. */
export function latelyWatched(userId: string): readonly LatelyWatched[] {
  try {
    return JSON.parse(kept(sessionStorage, keyOf(userId), () => "[]")) as LatelyWatched[];
  } catch {
    return [];
  }
}

/** Remembers a room that is watched. */
export function rememberRoom(userId: string, room: LatelyWatched): void {
  const others = latelyWatched(userId).filter(({ roomId }) => roomId !== room.roomId);
  keep(sessionStorage, keyOf(userId), JSON.stringify([room, ...others].slice(0, MOST)));
}

/** Forgets one that is no longer to be watched. */
export function forgetRoom(userId: string, gone: string): void {
  const others = latelyWatched(userId).filter(({ roomId }) => roomId !== gone);
  keep(sessionStorage, keyOf(userId), JSON.stringify(others));
}
