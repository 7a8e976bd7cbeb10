// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** What the page leaves word of for its service worker, which may run while there is no page. */
export interface PushPlace {
  /** Where REST begins, such as "https://chat.example.com/v1/". */
  readonly apiUrl: string;
  readonly deviceId: string;
}

/** What a service worker tells the pages of its app. */
export type PushNews =
  /** The browser has another subscription now: it is to be registered. */
  | { readonly tern: "subscriptionChanged" }
  /** A notification was tapped; of a summary of several conversations only `tern` is there. */
  | ({ readonly tern: "pushOpened" } & OpenedPush);

/** What a tapped notification was about. */
export interface OpenedPush {
  readonly conversationId?: string;
  readonly sequence?: number;
  /** As the server's setting `push.link` says; left out where there is none. */
  readonly link?: string;
}

// The one store that both of them have, and that needs no opening and upgrading.
const STORE = "tern-push";
const KEY = "/.tern-push-place";

/** Keeps it until the next one. */
export async function savePlace(place: PushPlace): Promise<void> {
  const store = await caches.open(STORE);
  await store.put(KEY, new Response(JSON.stringify(place)));
}

/** The one that was kept last, if any. */
export async function readPlace(): Promise<PushPlace | undefined> {
  const kept = await (await caches.open(STORE)).match(KEY);
  return kept === undefined ? undefined : ((await kept.json()) as PushPlace);
}

/** Where REST begins, for who knows the socket. */
export function apiUrlOf(socketUrl: string): string {
  const url = new URL(socketUrl, typeof location === "undefined" ? undefined : location.href);
  url.protocol = url.protocol.replace(/^ws/, "http");
  return new URL(".", url).href;
}
