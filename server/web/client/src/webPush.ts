// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { WebPushSubscription } from "./deviceModel.js";
import { TernError } from "./errors.js";

/**
 * @internal The browser's subscription to this server's pushes: the one that it has, if that is
 * still good, else a new one. Rejects where the user has not allowed it.
 */
export async function subscription(
  worker: ServiceWorkerRegistration,
  apiUrl: string,
): Promise<WebPushSubscription> {
  const applicationServerKey = await serverKey(apiUrl);
  const present = await worker.pushManager.getSubscription();
  if (present !== null && isMadeWith(present, applicationServerKey)) {
    return present.toJSON();
  }
  // One of another key would never hear from this server, and stands in the new one's way.
  await present?.unsubscribe();
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  return made.toJSON();
}

async function serverKey(apiUrl: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(new URL("web-push-key", apiUrl), { cache: "no-cache" });
  if (!response.ok) {
    const message = `no Web Push key: ${response.status} (expected: push.web_push.contact is set)`;
    throw new TernError("NO_WEB_PUSH", message, response.status >= 500);
  }
  const { public_key: key } = (await response.json()) as { public_key: string };
  const binary = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (byte) => byte.charCodeAt(0));
}

function isMadeWith({ options }: PushSubscription, key: Uint8Array): boolean {
  const used = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return used.length === key.length && used.every((byte, i) => byte === key[i]);
}
