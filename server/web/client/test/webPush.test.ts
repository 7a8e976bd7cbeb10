// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeDevices } from "./fake/fakeDevices.js";
import { FakeBrowser, KEY } from "./fake/fakeBrowser.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle } from "./fake/people.js";

describe("a browser's pushes", () => {
  let server: FakeServer;
  let browser: FakeBrowser;

  freshServerEach((fresh) => {
    server = fresh;
  });
  beforeEach(() => {
    new FakeDevices(server);
    browser = new FakeBrowser();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const endpoints = (): unknown[] =>
    server.framesOf("registerDevice").map(({ device }) => {
      const kind = device?.registration?.kind;
      return kind?.$case === "webPush" && kind.value.endpoint;
    });

  it("areSubscribedToWithTheServersKeyAndRegistered", async () => {
    const client = await connected(clientOf(server, "alice"));

    await client.device.subscribeToPush(browser.registration, { appVersion: "2" });

    expect(browser.asked.map(String)).toEqual(["http://fake/v1/web-push-key"]);
    expect(browser.subscribedWith).toEqual([{ userVisibleOnly: true, applicationServerKey: KEY }]);
    expect(endpoints()).toEqual(["https://push.example/1"]);
    expect(server.framesOf("registerDevice")[0]?.device).toMatchObject({
      locale: "de-AT",
      appVersion: "2",
    });
    expect(await browser.place()).toEqual({
      apiUrl: "http://fake/v1/",
      deviceId: "device-of-alice",
    });
  });

  it("areNotSubscribedToAnewWhileTheSubscriptionIsGood", async () => {
    const client = await connected(clientOf(server, "alice"));
    await client.device.subscribeToPush(browser.registration);

    await client.device.subscribeToPush(browser.registration);

    expect(browser.subscribedWith).toHaveLength(1);
    expect(endpoints()).toEqual(["https://push.example/1", "https://push.example/1"]);
  });

  it("areSubscribedToAnewWhereTheServerHasAnotherKey", async () => {
    browser.subscribedBefore(new Uint8Array([4, 1]));
    const client = await connected(clientOf(server, "alice"));

    await client.device.subscribeToPush(browser.registration);

    expect(browser.unsubscribed).toBe(1);
    expect(browser.subscribedWith).toHaveLength(1);
  });

  it("areRegisteredAgainWhereTheBrowserChangesItsSubscription", async () => {
    const client = await connected(clientOf(server, "alice"));
    await client.device.subscribeToPush(browser.registration);

    browser.subscribedBefore(KEY);
    browser.workerTells({ tern: "subscriptionChanged" });
    await settle();

    expect(endpoints()).toEqual(["https://push.example/1", "https://push.example/2"]);
  });

  it("rejectWhereTheServerHasNoKey", async () => {
    browser.status = 404;
    const client = await connected(clientOf(server, "alice"));

    await expect(client.device.subscribeToPush(browser.registration)).rejects.toMatchObject({
      code: "NO_WEB_PUSH",
      mayRetry: false,
    });
  });

  it("areToldOfWhenTheyAreTappedUntilNobodyListens", async () => {
    const client = await connected(clientOf(server, "alice"));
    const opened = vi.fn();
    const stop = client.device.onPushOpened(opened);
    await client.device.subscribeToPush(browser.registration);
    await client.device.subscribeToPush(browser.registration);

    browser.workerTells({ tern: "pushOpened", conversationId: "room", sequence: 4 });
    browser.workerTells({ of: "another part of the app" });
    stop();
    browser.workerTells({ tern: "pushOpened" });

    expect(opened).toHaveBeenCalledOnce();
    expect(opened.mock.lastCall).toMatchObject([{ conversationId: "room", sequence: 4 }]);
  });

  it("areReported", async () => {
    const client = await connected(clientOf(server, "alice"));

    await client.reportPush({ conversationId: "room", sequence: 4, event: "received" });
    await client.reportPush({ conversationId: "room", sequence: 4, event: "opened" });

    expect(server.framesOf("reportPush")).toEqual([
      { conversationId: "room", sequence: 4, event: 1, deviceId: "" },
      { conversationId: "room", sequence: 4, event: 2, deviceId: "" },
    ]);
  });
});
