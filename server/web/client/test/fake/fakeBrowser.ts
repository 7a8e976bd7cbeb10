// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { vi } from "vitest";
import { type PushPlace, readPlace } from "../../src/pushPlace.js";

/** The server's public key. */
export const KEY = new Uint8Array([4, 255, 254, 3]);

/** A browser with a push service, a service worker and a server that tells its key. */
export class FakeBrowser {
  /** Requests that were made. */
  readonly asked: unknown[] = [];
  readonly requests: RequestInit[] = [];
  /** What the push service was asked for. */
  readonly subscribedWith: unknown[] = [];
  unsubscribed = 0;
  /** With which the server answers. */
  status = 200;
  readonly #kept = new Map<string, Response>();
  readonly #listeners = new Set<(event: { data: unknown }) => void>();
  #subscription: PushSubscription | null = null;
  #count = 0;

  readonly registration = {
    pushManager: {
      getSubscription: () => Promise.resolve(this.#subscription),
      subscribe: (options: PushSubscriptionOptionsInit) => {
        this.subscribedWith.push(options);
        this.subscribedBefore(options.applicationServerKey as Uint8Array<ArrayBuffer>);
        return Promise.resolve(this.#subscription);
      },
    },
  } as unknown as ServiceWorkerRegistration;

  /** Takes the place of what the platform has, until `vi.unstubAllGlobals()`. */
  constructor() {
    vi.stubGlobal("fetch", (url: unknown, init: RequestInit = {}) => {
      this.asked.push(url);
      this.requests.push(init);
      return Promise.resolve(new Response('{"public_key": "BP_-Aw"}', { status: this.status }));
    });
    vi.stubGlobal("caches", {
      open: () =>
        Promise.resolve({
          put: (key: string, value: Response) => Promise.resolve(this.#kept.set(key, value)),
          match: (key: string) => Promise.resolve(this.#kept.get(key)?.clone()),
        }),
    });
    vi.stubGlobal("navigator", {
      language: "de-AT",
      serviceWorker: {
        addEventListener: (_: string, listener: (event: { data: unknown }) => void) =>
          this.#listeners.add(listener),
      },
    });
  }

  /** What the page has left word of for its worker. */
  place(): Promise<PushPlace | undefined> {
    return readPlace();
  }

  /** The browser has a new subscription that was made with this key. */
  subscribedBefore(key: Uint8Array<ArrayBuffer>): void {
    this.#count += 1;
    const endpoint = `https://push.example/${this.#count}`;
    this.#subscription = {
      endpoint,
      options: { applicationServerKey: key.buffer },
      toJSON: () => ({ endpoint, keys: { p256dh: "B", auth: "A" } }),
      unsubscribe: () => {
        this.unsubscribed += 1;
        this.#subscription = null;
        return Promise.resolve(true);
      },
    } as unknown as PushSubscription;
  }

  /** The service worker posts a message to the page. */
  workerTells(data: unknown): void {
    for (const listener of this.#listeners) {
      listener({ data });
    }
  }
}
