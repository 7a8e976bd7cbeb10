// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { savePlace } from "../src/pushPlace.js";
import { type PushWorkerScope, servePushes } from "../src/serviceWorker.js";
import { FakeBrowser, KEY } from "./fake/fakeBrowser.js";

const ROOM = { tag: "room", conversation: "room", sequence: 7 };
const REPORT = "https://chat.example/v1/conversations/room/messages/7/push-report";

interface Shown {
  readonly title: string;
  readonly options: NotificationOptions;
  close(): void;
}

/** What a browser gives to a service worker. */
class FakeWorker {
  readonly shown: Shown[] = [];
  readonly badges: number[] = [];
  readonly opened: string[] = [];
  readonly told: unknown[] = [];
  hasPage = false;
  focused = 0;
  readonly #listeners = new Map<string, (event: object) => void>();
  readonly #registration: ServiceWorkerRegistration;

  constructor(browser: FakeBrowser) {
    this.#registration = {
      pushManager: browser.registration.pushManager,
      scope: "https://app.example/",
      showNotification: (title: string, options: NotificationOptions) => {
        const shown = { title, options, close: () => this.shown.splice(this.shown.indexOf(shown)) };
        this.shown.push(shown);
        return Promise.resolve();
      },
      getNotifications: ({ tag }: GetNotificationOptions) =>
        Promise.resolve(this.shown.filter(({ options }) => options.tag === tag)),
    } as unknown as ServiceWorkerRegistration;
  }

  get scope(): PushWorkerScope {
    const page = {
      focus: () => Promise.resolve((this.focused += 1)),
      postMessage: (told: unknown) => this.told.push(told),
    };
    return {
      registration: this.#registration,
      clients: {
        matchAll: () => Promise.resolve(this.hasPage ? [page] : []),
        openWindow: (url) => Promise.resolve(this.opened.push(url)),
      },
      navigator: { setAppBadge: (count) => Promise.resolve(void this.badges.push(count)) },
      addEventListener: (name, listener) => {
        this.#listeners.set(name, listener as (event: object) => void);
      },
    };
  }

  /** Something happens; resolves once the worker has done its part. */
  async happens(name: string, event: object): Promise<void> {
    const waits: Promise<unknown>[] = [];
    const waitUntil = (done: Promise<unknown>): number => waits.push(done);
    this.#listeners.get(name)?.({ ...event, waitUntil });
    await Promise.all(waits);
  }

  pushed(payload: unknown): Promise<void> {
    return this.happens("push", { data: { json: () => payload } });
  }

  tapped(): Promise<void> {
    const [shown] = this.shown;
    return this.happens("notificationclick", {
      notification: { data: shown?.options.data as unknown, close: () => shown?.close() },
    });
  }
}

describe("the service worker", () => {
  let browser: FakeBrowser;
  let worker: FakeWorker;

  beforeEach(async () => {
    browser = new FakeBrowser();
    worker = new FakeWorker(browser);
    await savePlace({ apiUrl: "https://chat.example/v1/", deviceId: "laptop" });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const serve = (): void => {
    servePushes({ getToken: () => Promise.resolve("token"), title: "Chat" }, worker.scope);
  };

  it("showsAPushUnderItsConversationWithTheBadgeAndReportsIt", async () => {
    serve();

    await worker.pushed({ ...ROOM, title: "Alice", body: "Hi", badge: 3, image: "https://i" });

    expect(worker.shown).toMatchObject([
      {
        title: "Alice",
        options: { tag: "room", body: "Hi", silent: false, renotify: true, image: "https://i" },
      },
    ]);
    expect(worker.badges).toEqual([3]);
    expect(browser.asked.map(String)).toEqual([REPORT]);
    expect(browser.requests[0]).toMatchObject({
      method: "POST",
      headers: { authorization: "Bearer token" },
      body: '{"deviceId":"laptop","event":"PUSH_EVENT_RECEIVED"}',
    });
  });

  it("quietlyPutsASilentOneInTheLastOnesPlace", async () => {
    serve();

    await worker.pushed({ ...ROOM, title: "", body: "2 new messages", badge: 4, silent: true });

    expect(worker.shown).toMatchObject([
      { title: "Chat", options: { tag: "room", silent: true, renotify: false } },
    ]);
  });

  it("takesAwayWhatWasReadElsewhereAndNothingElse", async () => {
    serve();
    await worker.pushed({ ...ROOM, title: "Alice", badge: 2 });
    await worker.pushed({ tag: "other", title: "Bob", badge: 2 });
    worker.shown.reverse();

    await worker.pushed({ ...ROOM, clear: true, badge: 1 });

    expect(worker.shown.map(({ title }) => title)).toEqual(["Bob"]);
    expect(worker.badges.at(-1)).toBe(1);
  });

  it("opensTheLinkOfATappedOneAndReportsIt", async () => {
    serve();
    await worker.pushed({ ...ROOM, title: "Alice", badge: 1, link: "https://app.example/c/room" });

    await worker.tapped();

    expect(worker.opened).toEqual(["https://app.example/c/room"]);
    expect(worker.shown).toEqual([]);
    expect(browser.requests[1]?.body).toBe('{"deviceId":"laptop","event":"PUSH_EVENT_OPENED"}');
  });

  it("tellsAPageThatIsThereAndFocusesIt", async () => {
    worker.hasPage = true;
    serve();
    await worker.pushed({ ...ROOM, title: "Alice", badge: 1 });

    await worker.tapped();

    expect(worker.told).toEqual([{ tern: "pushOpened", conversationId: "room", sequence: 7 }]);
    expect(worker.focused).toBe(1);
    expect(worker.opened).toEqual([]);
  });

  it("opensTheAppForASummaryAndReportsNothing", async () => {
    serve();
    await worker.pushed({ tag: "summary", title: "5 messages", badge: 5 });

    await worker.tapped();

    expect(worker.opened).toEqual(["https://app.example/"]);
    expect(browser.asked).toEqual([]);
  });

  it("showsThePushAlthoughNobodyHearsOfIt", async () => {
    servePushes({ getToken: () => Promise.reject(new Error("gone")) }, worker.scope);

    await worker.pushed({ ...ROOM, title: "Alice", badge: 1 });

    expect(worker.shown).toHaveLength(1);
  });

  it("leavesOthersPushesAlone", async () => {
    serve();

    await worker.pushed({ news: "of the shop" });
    await worker.happens("push", { data: null });
    await worker.happens("notificationclick", { notification: { data: null, close: vi.fn() } });

    expect([worker.shown, worker.opened, worker.badges]).toEqual([[], [], []]);
  });

  it("subscribesAgainAndTellsThePageOrElseTheApp", async () => {
    const changed = vi.fn(() => Promise.resolve());
    servePushes({ changed }, worker.scope);
    const oldSubscription = { options: { applicationServerKey: KEY } };

    await worker.happens("pushsubscriptionchange", { oldSubscription });
    worker.hasPage = true;
    await worker.happens("pushsubscriptionchange", { oldSubscription });

    expect(browser.subscribedWith).toHaveLength(1);
    expect(changed).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ endpoint: "https://push.example/1" }),
      "laptop",
    );
    expect(worker.told).toEqual([{ tern: "subscriptionChanged" }]);
  });
});
