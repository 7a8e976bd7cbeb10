// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** Conversation ids as the server makes them. */
const ROOM_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SELECTED = "watch/";

/** The room that a link (`#watch=…`) leads to, or that an id names. */
export function roomIdFrom(text: string): string | undefined {
  const id = /#(?:.*\/)?watch=([^/&#\s]+)/.exec(text)?.[1] ?? text.trim();
  return ROOM_ID.test(id) ? id.toLowerCase() : undefined;
}

/** A link that leads into a room. */
export function roomLinkOf(roomId: string): string {
  return `${location.origin}/#watch=${roomId}`;
}

/** How a room that is watched stands where else a conversation of the list does. */
export function selectionOf(roomId: string): string {
  return SELECTED + roomId;
}

/** The room that is watched by that selection, if one is. */
export function watchedBy(selected: string | undefined): string | undefined {
  return selected?.startsWith(SELECTED) === true ? selected.slice(SELECTED.length) : undefined;
}
