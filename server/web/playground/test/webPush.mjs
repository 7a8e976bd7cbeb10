// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { clientOf, play, ternUrl, until } from "./browser.mjs";
import { hostPage } from "./hostPage.mjs";

/**
 * A browser is woken on an app's own page: by its service worker, which shows what is pushed, tells
 * that it came and was tapped, and takes it away when it was read elsewhere. The browser's push
 * service is DevTools, for there is no other without the network. Needs a server in demo mode at
 * TERN_URL.
 */
/** Chromium forgets a notification for which it is asked before the system shows it. */
const SETTLED_MS = 500;
const run = Date.now().toString(36);
const layla = `layla-${run}`;
const mei = `mei-${run}`;

/** Delivers pushes as a push service would, once decrypted. */
async function pushService(context, page, origin) {
  const devTools = await context.newCDPSession(page);
  const known = new Promise((found) => {
    devTools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
      if (ours !== undefined) {
        found(ours.registrationId);
      }
    });
  });
  await devTools.send("ServiceWorker.enable");
  const registrationId = await known;
  const [worker] = context.serviceWorkers();
  const shown = () => worker.evaluate(() => globalThis.shown);
  return async (payload) => {
    const isShown = (await shown()) + (payload.clear ? 0 : 1);
    await devTools.send("ServiceWorker.deliverPushMessage", {
      ...{ origin, registrationId, data: JSON.stringify(payload) },
    });
    await until(shown, isShown, "the worker has shown it");
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  };
}

async function recordOf(conversationId, sequence) {
  const query = `conversation=${conversationId}&sequence=${sequence}`;
  const record = await (await fetch(`${ternUrl}/demo/delivery?${query}`)).json();
  return record.devices?.find(({ deviceId }) => deviceId === `browser-${layla}`);
}

await play(async ({ browser, faults, step }) => {
  const host = await hostPage();
  const context = await browser.newContext();
  await context.grantPermissions(["notifications"], { origin: host.url });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  const meis = await clientOf(mei);
  let deliver;
  let room;
  let push;

  const notifications = () =>
    page.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications()).map(
        ({ title, body, tag }) => ({ title, body, tag }),
      ),
    );
  const told = async (part) => part in ((await recordOf(room.conversationId, 1)) ?? {});

  await step("a page subscribes and registers its browser", async () => {
    await page.goto(`${host.url}/?user=${layla}`);
    const registered = await page.evaluate(async (user) => {
      await navigator.serviceWorker.register(`/sw.js?user=${user}`, { type: "module" });
      const worker = await navigator.serviceWorker.ready;
      return globalThis.client.device.subscribeToPush(worker, { appVersion: "7" });
    }, layla);
    assert.equal(registered.kind, "webPush");
    assert.equal(registered.appVersion, "7");
    deliver = await pushService(context, page, host.url);
  });

  await step("while its user is away, it is pushed to", async () => {
    await page.evaluate(() => globalThis.client.disconnect());
    room = await meis.openDirect(layla);
    room.subscribe(() => undefined);
    room.send("tea at four?");
    const outcome = async () => (await recordOf(room.conversationId, 1))?.outcome;
    await until(outcome, "accepted", "the push service has it", 30_000);
    assert.equal(await told("receivedAtMs"), false);
  });

  await step("the worker shows it and tells that it came", async () => {
    const place = { tag: room.conversationId, conversation: room.conversationId, sequence: 1 };
    push = { ...place, title: "Mei", body: "tea at four?", badge: 1 };
    await deliver(push);
    await until(
      notifications,
      [{ title: "Mei", body: push.body, tag: room.conversationId }],
      "it is shown",
    );
    await until(() => told("receivedAtMs"), true, "the record says that it came");
    assert.equal(await told("openedAtMs"), false);
  });

  await step("the next one takes its place", async () => {
    await deliver({ ...push, title: "", body: "2 new messages", badge: 2, silent: true });
    const one = [{ title: "An app", body: "2 new messages", tag: room.conversationId }];
    await until(notifications, one, "one is shown");
  });

  await step("a tap tells the page, closes it, and is told to the server", async () => {
    const [worker] = context.serviceWorkers();
    await worker.evaluate(async () => {
      const [notification] = await globalThis.registration.getNotifications();
      const { NotificationEvent } = globalThis;
      globalThis.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    });
    const heard = () => page.evaluate(() => globalThis.opened.map(({ sequence }) => sequence));
    await until(heard, [1], "the page has heard of it");
    await until(notifications, [], "nothing is shown");
    await until(() => told("openedAtMs"), true, "the record says that it was tapped");
  });

  await step("what was read elsewhere goes", async () => {
    await deliver(push);
    await until(async () => (await notifications()).length, 1, "it is shown");
    await deliver({
      clear: true,
      badge: 0,
      tag: room.conversationId,
      conversation: room.conversationId,
      sequence: 1,
    });
    await until(notifications, [], "nothing is shown");
  });

  meis.disconnect();
  host.end();
});
process.exit();
