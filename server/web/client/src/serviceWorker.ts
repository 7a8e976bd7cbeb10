// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { WebPushSubscription } from "./deviceModel.js";
import { type PushNews, type PushPlace, readPlace } from "./pushPlace.js";

export type { OpenedPush, PushNews, PushPlace } from "./pushPlace.js";

const REPORT_DEADLINE_MS = 10_000;

/** What an app says of its pushes. */
export interface PushWorkerOptions {
  /**
   * Fetches the user's access token, as for the client: with it the worker tells the server that a
   * push came, or was tapped. Without one it does not.
   */
  readonly getToken?: () => Promise<string>;
  /** Of a push without one, such as the app's name. */
  readonly title?: string;
  /** Addresses of the app's pictures, as `showNotification` takes them. */
  readonly icon?: string;
  readonly badge?: string;
  /** What a tapped notification without a link opens; the worker's scope when it is not given. */
  readonly home?: string;
  /**
   * The browser has another subscription, and no page is there to register it: what to do then,
   * such as to tell the app's backend. The next `subscribeToPush()` registers it in any case.
   */
  readonly changed?: (subscription: WebPushSubscription, deviceId: string) => Promise<void>;
}

/** What the server says; see the server's README, Web Push. */
interface Payload {
  readonly tag: string;
  readonly badge: number;
  readonly clear?: boolean;
  readonly title?: string;
  readonly body?: string;
  readonly conversation?: string;
  readonly sequence?: number;
  readonly link?: string;
  readonly image?: string;
  readonly silent?: boolean;
  readonly urgent?: boolean;
}

/** What stands in a notification for the one who taps it. */
type Shown = Pick<Payload, "conversation" | "sequence" | "link"> & { readonly tern: true };

/** The parts of a service worker that are used here; the DOM's types lack them. */
export interface PushWorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: object): Promise<readonly PageOfApp[]>;
    openWindow(url: string): Promise<unknown>;
  };
  readonly navigator: {
    setAppBadge?(count: number): Promise<void>;
  };
  addEventListener(name: string, listener: (event: WorkerEvent) => void): void;
}

interface PageOfApp {
  focus(): Promise<unknown>;
  postMessage(message: PushNews): void;
}

interface WorkerEvent {
  waitUntil(done: Promise<unknown>): void;
  readonly data?: { json(): unknown } | null;
  readonly notification?: Notification;
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
}

/**
 * Shows what the server pushes as notifications, takes them away where they were read elsewhere,
 * and opens the app when one is tapped. To be called while the worker starts, once; events of
 * others' pushes are left alone.
 */
export function servePushes(
  options: PushWorkerOptions = {},
  worker: PushWorkerScope = globalThis as unknown as PushWorkerScope,
): void {
  const pushes = new Pushes(worker, options);
  worker.addEventListener("push", (event) => {
    const payload = payloadOf(event);
    if (payload !== undefined) {
      event.waitUntil(pushes.came(payload));
    }
  });
  worker.addEventListener("notificationclick", (event) => {
    const { notification } = event;
    const shown = notification?.data as Shown | null | undefined;
    if (notification !== undefined && shown?.tern === true) {
      notification.close();
      event.waitUntil(pushes.tapped(shown));
    }
  });
  worker.addEventListener("pushsubscriptionchange", (event) => {
    event.waitUntil(pushes.resubscribe(event));
  });
}

function payloadOf({ data }: WorkerEvent): Payload | undefined {
  try {
    const payload = data?.json() as Partial<Payload> | null | undefined;
    const isOurs = typeof payload?.tag === "string" && typeof payload.badge === "number";
    return isOurs ? (payload as Payload) : undefined;
  } catch {
    return undefined;
  }
}

class Pushes {
  readonly #worker: PushWorkerScope;
  readonly #options: PushWorkerOptions;

  constructor(worker: PushWorkerScope, options: PushWorkerOptions) {
    this.#worker = worker;
    this.#options = options;
  }

  async came(payload: Payload): Promise<void> {
    const badge = this.#badge(payload.badge);
    if (payload.clear === true) {
      await this.#clear(payload.tag);
    } else {
      await this.#show(payload);
      await this.#report(payload, "PUSH_EVENT_RECEIVED");
    }
    await badge;
  }

  async #badge(count: number): Promise<void> {
    // Not every browser has one, and not every system shows it.
    await this.#worker.navigator.setAppBadge?.(count).catch(() => undefined);
  }

  async #clear(tag: string): Promise<void> {
    const shown = await this.#worker.registration.getNotifications({ tag });
    for (const notification of shown) {
      notification.close();
    }
  }

  async #show(payload: Payload): Promise<void> {
    const { tag, body = "", conversation, sequence, link, image } = payload;
    const { icon, badge } = this.#options;
    const isSilent = payload.silent === true;
    const data: Shown = {
      tern: true,
      ...(conversation !== undefined && { conversation }),
      ...(sequence !== undefined && { sequence }),
      ...(link !== undefined && { link }),
    };
    const options: NotificationOptions = {
      ...{ tag, body, data, silent: isSilent, requireInteraction: payload.urgent === true },
      ...(icon !== undefined && { icon }),
      ...(badge !== undefined && { badge }),
    };
    // The last of a conversation takes its place, and makes itself heard unless it is silent.
    const more = { renotify: !isSilent, ...(image !== undefined && { image }) };
    const title = payload.title || this.#options.title || "";
    await this.#worker.registration.showNotification(title, { ...options, ...more });
  }

  async tapped(shown: Shown): Promise<void> {
    const { conversation, sequence, link } = shown;
    const report = this.#report(shown, "PUSH_EVENT_OPENED");
    const news: PushNews = {
      tern: "pushOpened",
      ...(conversation !== undefined && { conversationId: conversation }),
      ...(sequence !== undefined && { sequence }),
      ...(link !== undefined && { link }),
    };
    const [page] = await this.#pages();
    if (page === undefined) {
      const { home = this.#worker.registration.scope } = this.#options;
      await this.#worker.clients.openWindow(link ?? home).catch(() => undefined);
    } else {
      page.postMessage(news);
      // Refused to a worker whose user has not just tapped: the page has heard of it anyway.
      await page.focus().catch(() => undefined);
    }
    await report;
  }

  #pages(): Promise<readonly PageOfApp[]> {
    return this.#worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  }

  async resubscribe({ oldSubscription, newSubscription }: WorkerEvent): Promise<void> {
    const { pushManager } = this.#worker.registration;
    const { applicationServerKey } = oldSubscription?.options ?? {};
    let fresh = newSubscription ?? (await pushManager.getSubscription());
    if (fresh === null && applicationServerKey) {
      fresh = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    }
    const pages = await this.#pages();
    for (const page of pages) {
      page.postMessage({ tern: "subscriptionChanged" });
    }
    const place = await readPlace();
    if (pages.length === 0 && fresh !== null && place !== undefined) {
      await this.#options.changed?.(fresh.toJSON(), place.deviceId);
    }
  }

  /** What can't be told is no reason to keep the worker: the message is there in any case. */
  async #report(
    { conversation, sequence }: Pick<Payload, "conversation" | "sequence">,
    event: "PUSH_EVENT_RECEIVED" | "PUSH_EVENT_OPENED",
  ): Promise<void> {
    const { getToken } = this.#options;
    if (getToken === undefined || conversation === undefined || sequence === undefined) {
      return;
    }
    try {
      const place = await readPlace();
      if (place !== undefined) {
        const path = `conversations/${conversation}/messages/${sequence}/push-report`;
        await post(new URL(path, place.apiUrl), await getToken(), place, event);
      }
    } catch {
      return;
    }
  }
}

async function post(url: URL, token: string, place: PushPlace, event: string): Promise<void> {
  await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ deviceId: place.deviceId, event }),
    signal: AbortSignal.timeout(REPORT_DEADLINE_MS),
  });
}
