// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { clientOf, isAccessible, open, play, Screen, until } from "./browser.mjs";

/**
 * Somebody is away with a phone and a tablet; what is written meanwhile lights their lock screens,
 * once for each conversation, and leaves them when it is read. Needs a server in demo mode at
 * TERN_URL, with the usual timings.
 */
const run = Date.now().toString(36);
const layla = `layla-${run}`;
const mei = `mei-${run}`;
const omar = `omar-${run}`;
/** The longest that a device may be waited for, and some time to look. */
const GRACE_MS = 60_000;

/** A person's device on the page. */
class Device {
  constructor(screen, name) {
    this.screen = screen;
    this.root = screen.root.locator(`.phone[data-device="${name}"]`);
  }

  async becomes(word) {
    await this.root.getByRole("radio", { name: word }).check();
  }

  banners() {
    return this.root.locator(".lock-banner-text").allTextContents();
  }

  async shows(texts, badge, deadlineMs = 15_000) {
    await until(() => this.banners(), texts, "the banners", deadlineMs);
    const shown = async () =>
      Number.parseInt((await this.root.locator(".lock-badge").allTextContents())[0] ?? "0", 10);
    await until(shown, badge, "the badge on the icon");
  }
}

await play(async ({ browser, faults, step }) => {
  const window = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await open(window, faults, layla);
  const screen = new Screen(page, layla);
  const phone = new Device(screen, "Phone");
  const tablet = new Device(screen, "Tablet");
  const meis = await clientOf(mei);
  const omars = await clientOf(omar);
  let fromMei;
  let fromOmar;

  const writes = async (conversation, text) => {
    conversation.send(text);
    const kept = () =>
      conversation.state.messages.find((one) => one.content.text === text)?.sequence > 0;
    await until(kept, true, `“${text}” is kept`);
  };

  await step("a lock screen stands beside the chat, and is accessible", async () => {
    await phone.root.getByText("Nothing on the lock screen").waitFor();
    await screen.root.getByText("Online", { exact: true }).waitFor();
    await isAccessible(page, "an empty lock screen");
  });

  await step("in use, nothing is pushed, and it is told why", async () => {
    fromMei = await meis.openDirect(layla);
    fromMei.subscribe(() => undefined);
    fromOmar = await omars.openDirect(layla);
    fromOmar.subscribe(() => undefined);
    await writes(fromMei, "tea at four?");
    await screen.opens(mei);
    await screen.message("tea at four?").waitFor();
    await screen.badge(0);
    await screen.chooses("tea at four?", "Why was there no push?");
    const dialog = page.getByRole("dialog");
    await dialog.locator('[data-outcome="acknowledged"], [data-outcome="read"]').waitFor();
    await isAccessible(page, "why there was no push");
    await dialog.getByRole("button", { name: "Close" }).click();
    assert.deepEqual(await phone.banners(), []);
  });

  await step("offline, each conversation has one banner, and the badge counts all", async () => {
    await screen.goes("Offline");
    for (let i = 1; i <= 60; i++) {
      fromMei.send(`line ${i}`);
    }
    await writes(fromMei, "the ferry leaves at six");
    await writes(fromOmar, "are you there?");
    await until(async () => (await phone.banners()).length, 2, "two banners", GRACE_MS);
    await until(
      async () => (await phone.banners()).sort(),
      ["are you there?", "the ferry leaves at six"],
      "the newest of each",
      GRACE_MS,
    );
    await phone.shows(await phone.banners(), 62);
    await isAccessible(page, "a lock screen with banners");
  });

  await step("a tap opens the conversation at that message", async () => {
    await phone.root.getByRole("button", { name: "the ferry leaves at six" }).click();
    await screen.root.locator(".switch-word", { hasText: "Online" }).waitFor();
    const landed = screen.root.locator(".message.is-found .text");
    await until(() => landed.allTextContents(), ["the ferry leaves at six"], "where one lands");
    await phone.shows(["are you there?"], 1);
  });

  await step("the record tells that it was tapped", async () => {
    await screen.chooses("the ferry leaves at six", "Why was there no push?");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Tapped at").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
  });

  await step("in the background, it is pushed at once", async () => {
    await phone.becomes("Background");
    await screen.root.getByText("The app is in the background").waitFor();
    // Nobody is back within the time for which one that was just there is waited for.
    await writes(fromOmar, "hello again");
    await phone.shows(["hello again"], 2, GRACE_MS);
  });

  await step("a second device has a lock screen of its own", async () => {
    await screen.root.getByRole("button", { name: "Add a tablet" }).click();
    await tablet.root.getByText("Nothing on the lock screen").waitFor();
    await screen.root.getByRole("button", { name: "Show its chats" }).click();
    await screen.row(omar).waitFor();
    await tablet.becomes("Off");
    await phone.becomes("Off");
    await writes(fromOmar, "both of them light up");
    await phone.shows(["both of them light up"], 3, GRACE_MS);
    await tablet.shows(["both of them light up"], 3, GRACE_MS);
    await isAccessible(page, "two lock screens");
  });

  await step("read on the one, the other’s banner and badge are gone", async () => {
    await tablet.root.getByRole("button", { name: "both of them light up" }).click();
    await screen.message("both of them light up").waitFor();
    await tablet.shows([], 0);
    await phone.shows([], 0);
    assert.equal(await phone.root.getAttribute("data-mode"), "off");
  });

  await step("the tablet is logged out and gone", async () => {
    await screen.root.getByRole("button", { name: "Log out and remove the tablet" }).click();
    await tablet.root.waitFor({ state: "detached" });
  });

  await step("a frozen device gets its push after the grace", async () => {
    await phone.becomes("In use");
    await screen.root.locator(".switch-word", { hasText: "Online" }).waitFor();
    await screen.message("both of them light up").waitFor();
    await phone.becomes("Frozen");
    await screen.root.getByText("nothing gets through", { exact: false }).first().waitFor();
    const beganMs = Date.now();
    await writes(fromOmar, "can you hear me?");
    await phone.shows(["can you hear me?"], 1, GRACE_MS);
    const tookMs = Date.now() - beganMs;
    assert.ok(tookMs > 5_000, `waited for it first: ${tookMs} ms (expected: over 5,000)`);
    assert.equal((await screen.texts()).includes("can you hear me?"), false);
  });

  await step("thawed, it has the message, and its lock screen is empty", async () => {
    await phone.becomes("In use");
    await screen.message("can you hear me?").waitFor();
    await phone.shows([], 0);
  });

  await step("why there was a push is told in plain words", async () => {
    await screen.chooses("can you hear me?", "Why was there no push?");
    const dialog = page.getByRole("dialog");
    await dialog.locator('[data-outcome="accepted"]').waitFor();
    await dialog.getByText("Pushed", { exact: true }).waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
  });

  await step("banners outlast a reload", async () => {
    await phone.becomes("Off");
    await writes(fromMei, "see you there");
    await phone.shows(["see you there"], 1, GRACE_MS);
    await page.reload();
    await screen.root.locator(".switch-word", { hasText: "Online" }).waitFor();
    await phone.shows(["see you there"], 1);
  });

  await step("on a phone’s width the lock screens lie over the chat", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await phone.root.waitFor();
    await isAccessible(page, "lock screens on a phone");
    await screen.root.getByRole("button", { name: "Hide the devices" }).first().click();
    await phone.root.waitFor({ state: "detached" });
    await screen.root.getByRole("button", { name: "Show the devices" }).click();
    await phone.shows(["see you there"], 1);
  });

  meis.disconnect();
  omars.disconnect();
});
