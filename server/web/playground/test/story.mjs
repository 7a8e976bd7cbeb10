// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { isAccessible, open, play, Screen, until } from "./browser.mjs";

/**
 * Two people chat in two windows; one window is closed, the other goes on; opened again, the first
 * finds everything, in order, with the right count. Needs a server in demo mode at TERN_URL.
 */
const run = Date.now().toString(36);
const layla = `layla-${run}`;
const mei = `mei-${run}`;

await play(async ({ browser, faults, step }) => {
  const laylasWindow = await browser.newContext();
  const meisWindow = await browser.newContext();
  let laylasPage = await open(laylasWindow, faults, layla);
  const meisPage = await open(meisWindow, faults, mei);
  let laylas = new Screen(laylasPage, layla);
  const meis = new Screen(meisPage, mei);
  const said = ["مرحبا يا مي، كيف حالك؟", "你好，莱拉！我很好 😊", "👋🏽🕊️"];

  await step("an empty list is accessible", () => isAccessible(laylasPage, "empty"));

  await step("they chat in Arabic, Chinese and emoji", async () => {
    await laylas.beginDirect(mei);
    await laylas.writes(said[0]);
    await meis.badge(1);
    await meis.opens(layla);
    await meis.shows(said[0]);
    await meis.writes(said[1]);
    await laylas.shows(said[0], said[1]);
    await laylas.writes(said[2]);
    await meis.shows(...said);
    await laylas.ticked("read", "read");
    await meis.badge(0);
  });

  await step("an Arabic message runs from right to left", async () => {
    const direction = await meis.root
      .locator(".message .text")
      .evaluateAll((all) => all.map((one) => one.matches(":dir(rtl)")));
    assert.deepEqual(direction, [true, false, false]);
  });

  await step(
    "an address in a message leads there, and the sentence around it does not",
    async () => {
      said.push("Look: https://example.com/terns?of=1 (or http://example.org/a_(b)).");
      await laylas.writes(said.at(-1));
      const links = meis.message("Look").getByRole("link");
      await until(
        () =>
          links.evaluateAll((all) => all.map((one) => [one.href, one.target, one.rel].join(" "))),
        [
          "https://example.com/terns?of=1 _blank noopener noreferrer",
          "http://example.org/a_(b) _blank noopener noreferrer",
        ],
        "two links",
      );
      await meis.shows(...said);
    },
  );

  await step("typing shows and ends", async () => {
    await meis.types("等一下");
    await laylas.root.locator(".typing").waitFor();
    await meis.writes("等一下，我去拿茶");
    await laylas.root.locator(".typing").waitFor({ state: "detached" });
    said.push("等一下，我去拿茶");
    await laylas.shows(...said);
  });

  await step("a conversation is accessible", () => isAccessible(meisPage, "conversation"));

  await step("one window is closed, the other goes on", async () => {
    await laylasPage.close();
    for (const text of ["茶好了 🍵", "خذي وقتك", "明天见！"]) {
      await meis.writes(text);
      said.push(text);
    }
    await meis.ticked("read", "read", "accepted", "accepted", "accepted");
  });

  await step("opened again, the count is right", async () => {
    laylasPage = await open(laylasWindow, faults, layla);
    laylas = new Screen(laylasPage, layla);
    await laylas.badge(3);
    await until(() => laylasPage.title(), "(3) Tern playground", "the window’s title");
    await until(() => laylas.row(mei).getAttribute("data-unread"), "3", "the row’s count");
    await isAccessible(laylasPage, "list with a badge");
  });

  await step("everything is there, in order, below a line the unread", async () => {
    await laylas.opens(mei);
    await laylas.shows(...said);
    const line = laylas.root.locator(".unread-line");
    assert.equal(await line.innerText(), "3 unread messages");
    const next = laylas.root.locator(".unread-line + .message .text");
    assert.equal(await next.textContent(), "茶好了 🍵");
    await laylas.badge(0);
    await meis.ticked("read", "read", "read", "read", "read");
  });

  await step("what is written offline arrives once, in order", async () => {
    await meis.goes("Offline");
    await meis.writes("我在地铁里");
    await meis.writes("没有信号 🚇");
    assert.deepEqual((await meis.ticks()).slice(-2), ["pending", "pending"]);
    await laylas.writes("إلى اللقاء");
    await meis.goes("Online");
    said.push("إلى اللقاء", "我在地铁里", "没有信号 🚇");
    await laylas.shows(...said);
    await meis.shows(...said);
  });

  await step("a reload keeps the place", async () => {
    await laylasPage.reload();
    laylas = new Screen(laylasPage, layla);
    await laylas.shows(...said);
  });

  await step("a group has members who come and go", async () => {
    await laylas.beginGroup("نزهة الجمعة 🌊", mei);
    await laylas.writes("من سيأتي؟");
    await meis.opens("نزهة الجمعة");
    await until(async () => (await meis.texts()).at(-1), "من سيأتي؟", "the group’s message");
    await laylas.root.getByRole("button", { name: "Members" }).click();
    const dialog = laylasPage.getByRole("dialog");
    await dialog.getByLabel("Who to add").fill(`omar-${run}`);
    await dialog.getByRole("button", { name: "Add" }).click();
    await dialog.getByRole("heading", { name: "3 members" }).waitFor();
    await isAccessible(laylasPage, "members");
    await dialog.getByRole("button", { name: `What to do with ${mei}` }).click();
    await laylasPage.getByRole("menuitem", { name: "Remove" }).click();
    await dialog.getByRole("heading", { name: "2 members" }).waitFor();
    await meis.root.getByText("You are not in this conversation.").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
  });

  await step("older messages come as one scrolls up", async () => {
    await meis.root.locator(".row", { hasText: layla }).click();
    await meis.shows(...said);
    for (let i = 1; i <= 60; i++) {
      await meis.writes(`第 ${i} 条`);
    }
    await until(async () => new Set(await meis.ticks()).has("pending"), false, "all accepted");
    const fresh = await browser.newContext();
    const page = await open(fresh, faults, layla);
    const again = new Screen(page, layla);
    await again.opens(mei);
    await until(async () => (await again.texts()).length, 50, "the newest page");
    await until(
      async () => {
        await again.root.locator(".timeline").evaluate((box) => {
          box.scrollTop = 0;
        });
        return (await again.texts()).slice(0, 2);
      },
      said.slice(0, 2),
      "the first messages",
    );
    await fresh.close();
  });

  await step("two people stand side by side, one at a time on a phone", async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await open(context, faults, layla, mei);
    await new Screen(page, mei).row(layla).waitFor();
    await isAccessible(page, "side by side");
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await new Screen(page, mei).root.isVisible(), false);
    await page.locator(".tab", { hasText: mei }).click();
    await new Screen(page, mei).root.waitFor();
    await isAccessible(page, "phone");
    await context.close();
  });

  await step("however long the last message is, its row stays within the list", async () => {
    const long = "a line that is longer than any list is wide ".repeat(4).trim();
    await meis.writes(long);
    await meis.root.locator(".row-preview", { hasText: "a line that is longer" }).waitFor();
    const wider = await meis.root.locator(".list").evaluate((list) => {
      const { left, right } = list.getBoundingClientRect();
      const all = [...list.querySelectorAll(".row, .search-field")];
      return all.filter((one) => {
        const box = one.getBoundingClientRect();
        return box.left < left || box.right > right;
      }).length;
    });
    assert.equal(wider, 0);
  });
});
