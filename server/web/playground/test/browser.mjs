// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { TernClient } from "@tern/client";
import { chromium } from "playwright-core";
import WebSocket from "ws";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The server under test, in demo mode. */
export const ternUrl = (process.env["TERN_URL"] ?? "http://localhost:8080").replace(/\/$/, "");

/** Debian's Chromium; it asks nobody outside for anything. */
export function launch() {
  return chromium.launch({
    executablePath: process.env["TERN_CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Plays a story step by step, and tells how many steps passed; one that fails is the last. */
export async function play(tell) {
  const faults = [];
  let steps = 0;
  const step = async (name, act) => {
    await act();
    steps += 1;
    console.log(`ok ${steps} ${name}`);
  };
  const browser = await launch();
  try {
    await tell({ browser, faults, step });
    assert.deepEqual(faults, [], "no error in a page, no request elsewhere");
    console.log(`${steps} passed, 0 failed`);
  } catch (error) {
    console.error(error);
    console.log(`${steps} passed, 1 failed`);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** Fails the test on an error in the page, and on a request to anywhere else. */
export function watch(page, faults) {
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(ternUrl) && !request.url().startsWith("data:")) {
      faults.push(`request to ${request.url()}`);
    }
  });
}

/** Opens the playground for these people. */
export async function open(context, faults, ...people) {
  const page = await context.newPage();
  watch(page, faults);
  await page.goto(`${ternUrl}/#/${people.join("/")}`);
  await page.waitForSelector(".person");
  return page;
}

/** A client without a page, connected and with its list. */
export async function clientOf(userId) {
  const client = new TernClient({
    url: `${ternUrl.replace(/^http/, "ws")}/v1/ws`,
    deviceId: `script-${userId}`,
    webSocket: WebSocket,
    getToken: async () => {
      const body = JSON.stringify({ user_id: userId });
      const response = await fetch(`${ternUrl}/demo/token`, { method: "POST", body });
      return (await response.json()).access_token;
    },
  });
  client.connect();
  await until(() => client.connection.phase, "online", `${userId} is online`);
  await until(() => client.inbox.isLoaded, true, `${userId} has a list`);
  return client;
}

/** One person's screen, spoken to as a person would. */
export class Screen {
  constructor(page, userId) {
    this.page = page;
    this.userId = userId;
    this.root = page.locator(`.person[data-user="${userId}"]`);
  }

  async beginDirect(peer) {
    await this.root.getByRole("button", { name: "New conversation" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Who", { exact: true }).fill(peer);
    await dialog.getByRole("button", { name: "Begin" }).click();
    await this.root.locator(".composer textarea").waitFor();
  }

  async beginGroup(name, ...members) {
    await this.root.getByRole("button", { name: "New conversation" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByText("Group", { exact: true }).click();
    await dialog.getByLabel("Name of the group").fill(name);
    await dialog.getByLabel("Who else, separated by spaces").fill(members.join(" "));
    await dialog.getByRole("button", { name: "Create group" }).click();
    await this.root.getByRole("heading", { name }).waitFor();
  }

  row(title) {
    return this.root.locator(".row", {
      has: this.page.locator(".row-title", { hasText: title }),
    });
  }

  async opens(title) {
    await this.row(title).click();
    await this.root.locator(".composer textarea").waitFor();
  }

  async types(text) {
    await this.root.locator(".composer textarea").pressSequentially(text);
  }

  async writes(text) {
    await this.root.locator(".composer textarea").fill(text);
    await this.root.locator(".composer textarea").press("Enter");
  }

  /** The newest message with this text that the server has kept. */
  message(text) {
    return this.root
      .locator('.message:not([data-sequence="0"])', {
        has: this.page.locator(".text", { hasText: text }),
      })
      .last();
  }

  /** Opens a message's menu by the keyboard, and chooses from it. */
  async chooses(text, action) {
    await this.message(text).press("Enter");
    await this.page.getByRole("menu").getByRole("menuitem", { name: action, exact: true }).click();
  }

  async goes(word) {
    await this.root.locator(".switch").click();
    await this.root.locator(".switch-word", { hasText: word }).waitFor();
  }

  texts() {
    return this.root.locator(".message .text").allTextContents();
  }

  ticks() {
    return this.root
      .locator(".own .tick")
      .evaluateAll((ticks) => ticks.map((tick) => tick.className.replace(/.*tick-/, "")));
  }

  /** Waits until exactly these texts stand there, in this order. */
  async shows(...texts) {
    await until(() => this.texts(), texts, `${this.userId} sees ${texts.length} messages in order`);
  }

  async ticked(...ticks) {
    await until(() => this.ticks(), ticks, `${this.userId}’s ticks`);
  }

  async badge(count) {
    const shown = () =>
      this.root
        .locator("[data-testid=badge]")
        .evaluateAll((badges) => Number.parseInt(badges[0]?.textContent ?? "0", 10));
    await until(shown, count, `${this.userId}’s badge`);
  }
}

/** Waits for a condition, and tells what was there instead if it never came. */
export async function until(read, expected, what, deadlineMs = 15_000) {
  const endMs = Date.now() + deadlineMs;
  for (;;) {
    const actual = await read();
    try {
      assert.deepEqual(actual, expected, what);
      return;
    } catch (error) {
      if (Date.now() > endMs) {
        throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** No fault that axe knows, in either theme. */
export async function isAccessible(page, where) {
  for (const theme of ["light", "dark"]) {
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    const violations = await page.evaluate(async (source) => {
      if (window.axe === undefined) {
        // Through the browser's own hook, since the page's policy forbids scripts from outside.
        (0, eval)(source);
      }
      await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)));
      const { violations: found } = await window.axe.run();
      return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
    }, AXE);
    assert.deepEqual(violations, [], `axe, ${where}, ${theme}`);
  }
}
