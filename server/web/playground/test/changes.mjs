// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { clientOf, isAccessible, open, play, Screen, until } from "./browser.mjs";

const WHY = "Why was there no push?";

/**
 * Two people in two windows edit, delete, react, reply, mention and pin; each sees what the other
 * does. Needs a server in demo mode at TERN_URL.
 */
const run = Date.now().toString(36);
const layla = `layla-${run}`;
const mei = `mei-${run}`;

await play(async ({ browser, faults, step }) => {
  const laylasPage = await open(await browser.newContext(), faults, layla);
  const meisWindow = await browser.newContext({
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const meisPage = await open(meisWindow, faults, mei);
  const laylas = new Screen(laylasPage, layla);
  const meis = new Screen(meisPage, mei);
  await laylas.beginDirect(mei);
  await laylas.writes("Tea at five?");
  await meis.opens(layla);
  await meis.shows("Tea at five?");

  await reactions({ step, laylas, meis });
  await edits({ step, laylas, meis });
  await replies({ step, laylas, meis });
  await pins({ step, laylas, meis });
  await mentions({ step, laylas, meis });
  await deletions({ step, laylas, meis });
  await otherKinds({ step, laylas, meis });
  await groups({ step, laylas, meis });
  await farAway({ step, laylas, meis, browser, faults });
  await phone({ step, browser, faults });
});

function chip(screen, text, reaction) {
  return screen.message(text).locator(`[data-reaction="${reaction}"]`);
}

async function chipSays(screen, text, reaction, label, isOwn) {
  const said = () =>
    chip(screen, text, reaction).evaluateAll((all) =>
      all.map((one) => [one.getAttribute("aria-label"), one.getAttribute("aria-pressed")]),
    );
  const expected = label === undefined ? [] : [[label, String(isOwn)]];
  await until(said, expected, `${screen.userId}’s chip of ${reaction}`);
}

async function reactions({ step, laylas, meis }) {
  await step("a reaction from the menu shows to both, with who", async () => {
    await meis.message("Tea at five?").press("Enter");
    const menu = meis.page.getByRole("menu");
    await menu.waitFor();
    await isAccessible(meis.page, "message menu");
    await menu.getByRole("menuitemcheckbox", { name: "Thumbs up" }).press("Enter");
    await menu.waitFor({ state: "detached" });
    await chipSays(meis, "Tea at five?", "👍", "Thumbs up, 1: you", true);
    await chipSays(laylas, "Tea at five?", "👍", `Thumbs up, 1: ${meis.userId}`, false);
    await chip(laylas, "Tea at five?", "👍").click();
    await chipSays(meis, "Tea at five?", "👍", `Thumbs up, 2: you and ${laylas.userId}`, true);
  });

  await step("the picker is gone through by the arrow keys", async () => {
    const line = laylas.message("Tea at five?");
    await line.hover();
    await line.getByRole("button", { name: "React", exact: true }).click();
    const picker = laylas.page.getByRole("dialog", { name: "Choose a reaction" });
    await picker.waitFor();
    await isAccessible(laylas.page, "emoji picker");
    await laylas.page.keyboard.press("ArrowDown");
    await laylas.page.keyboard.press("ArrowRight");
    const focused = () => laylas.page.evaluate(() => document.activeElement?.ariaLabel);
    await until(focused, "Surprise", "one row down, one on");
    await laylas.page.keyboard.press("Enter");
    await chipSays(meis, "Tea at five?", "😮", `Surprise, 1: ${laylas.userId}`, false);
    await until(focused, "React", "the focus is back");
  });

  await step("a reaction taken back is gone for both", async () => {
    await chip(laylas, "Tea at five?", "😮").click();
    await chipSays(laylas, "Tea at five?", "😮", undefined);
    await chipSays(meis, "Tea at five?", "😮", undefined);
  });
}

async function edits({ step, laylas, meis }) {
  await step("Escape leaves an edit, Enter saves it, the focus returns", async () => {
    await laylas.message("Tea at five?").press("Enter");
    await laylas.page.getByRole("menuitem", { name: "Edit", exact: true }).press("Enter");
    const field = laylas.root.getByLabel("Text of the message");
    await field.fill("Coffee");
    await isAccessible(laylas.page, "inline edit");
    await field.press("Escape");
    await laylas.shows("Tea at five?");
    const isFocused = () =>
      laylas.message("Tea at").evaluate((one) => one === document.activeElement);
    await until(isFocused, true, "the message has the focus");
    await laylas.chooses("Tea at five?", "Edit");
    await field.fill("Tea at six?");
    await field.press("Enter");
    await laylas.shows("Tea at six?");
    await meis.shows("Tea at six?");
    await meis.message("Tea at six?").locator(".edited").waitFor();
    await until(isFocused, true, "the message has the focus again");
  });

  await step("the arrow up edits the last message; its history is told to its sender", async () => {
    await laylas.root.locator(".composer textarea").press("ArrowUp");
    await laylas.root.getByLabel("Text of the message").fill("Tea at seven?");
    await laylas.root.getByRole("button", { name: "Save" }).click();
    await meis.shows("Tea at seven?");
    await laylas.message("Tea at seven?").locator("button.edited").click();
    const dialog = laylas.page.getByRole("dialog", { name: "Edit history" });
    const versions = () => dialog.locator(".edit-text").allTextContents();
    await until(versions, ["Tea at seven?", "Tea at six?", "Tea at five?"], "all versions");
    await isAccessible(laylas.page, "edit history");
    await dialog.getByRole("button", { name: "Close" }).click();
    assert.equal(await meis.message("Tea at seven?").locator("button.edited").count(), 0);
    assert.equal(
      await meis.message("Tea at seven?").locator(".reaction[data-reaction]").count(),
      1,
    );
  });
}

async function replies({ step, laylas, meis }) {
  const quoteOf = (screen, text) => () =>
    screen.message(text).locator(".quote .quote-text").allTextContents();

  await step("a reply quotes, and the quote follows edits", async () => {
    await meis.chooses("Tea at seven?", "Reply");
    const bar = meis.root.getByRole("group", { name: "Your answer quotes" });
    await bar.getByText("Tea at seven?").waitFor();
    await isAccessible(meis.page, "reply bar");
    await meis.writes("Gladly!");
    await bar.waitFor({ state: "detached" });
    await until(quoteOf(laylas, "Gladly!"), ["Tea at seven?"], "the quote");
    await laylas.chooses("Tea at seven?", "Edit");
    await laylas.root.getByLabel("Text of the message").fill("Tea at eight?");
    await laylas.root.getByLabel("Text of the message").press("Enter");
    await until(quoteOf(meis, "Gladly!"), ["Tea at eight?"], "the quote after an edit");
  });

  await step("Escape gives up a reply", async () => {
    await meis.chooses("Gladly!", "Reply");
    await meis.root.locator(".composer textarea").press("Escape");
    await meis.root.locator(".reply-bar").waitFor({ state: "detached" });
  });

  await step("a text can be copied", async () => {
    await meis.chooses("Gladly!", "Copy text");
    await meis.root.getByText("Copied").waitFor({ state: "attached" });
    assert.equal(await meis.page.evaluate(() => navigator.clipboard.readText()), "Gladly!");
  });
}

/** The place to write stands at the lower edge, and nothing reaches beyond the sides. */
async function fits(screen) {
  const whole = await screen.root.locator(".conversation").boundingBox();
  for (const part of [".conversation-head", ".timeline", ".composer"]) {
    const { x, width } = await screen.root.locator(part).boundingBox();
    assert.deepEqual([x, width], [whole.x, whole.width], `${part} is as wide as the conversation`);
  }
  const { y, height } = await screen.root.locator(".composer").boundingBox();
  assert.equal(Math.round(y + height), Math.round(whole.y + whole.height), "the composer’s place");
}

async function pins({ step, laylas, meis }) {
  await step("a pin stands above for both, and is listed", async () => {
    await fits(laylas);
    await laylas.chooses("Tea at eight?", "Pin");
    for (const screen of [laylas, meis]) {
      await screen.root.locator(".pinned-bar .pinned-text").getByText("Tea at eight?").waitFor();
    }
    await meis.chooses("Gladly!", "Pin");
    await laylas.root.getByRole("button", { name: "All pinned messages, 2" }).click();
    const dialog = laylas.page.getByRole("dialog", { name: "2 pinned" });
    const listed = () => dialog.locator(".pinned-text").allTextContents();
    await until(listed, ["Gladly!", "Tea at eight?"], "the last one first");
    await isAccessible(laylas.page, "pinned messages");
    await dialog.getByRole("button", { name: "Unpin Gladly!" }).click();
    await until(() => laylas.page.getByRole("dialog", { name: "1 pinned" }).count(), 1, "one left");
    await laylas.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await meis.root.getByRole("button", { name: "All pinned messages, 1" }).waitFor();
    await fits(meis);
  });
}

async function mentions({ step, laylas, meis }) {
  await step("an @ brings up who can be mentioned", async () => {
    const field = laylas.root.locator(".composer textarea");
    await laylas.types("See you, @me");
    const option = laylas.page.getByRole("option", { name: meis.userId });
    await option.waitFor();
    await isAccessible(laylas.page, "mention list");
    assert.equal(
      await field.getAttribute("aria-activedescendant"),
      await option.getAttribute("id"),
    );
    await field.press("Enter");
    await until(() => field.inputValue(), `See you, @${meis.userId} `, "the name is completed");
    await field.press("Enter");
    await meis.root.locator(".calls-me .mention-me").waitFor();
    await until(
      () => meis.root.locator(".mention-me").allTextContents(),
      [`@${meis.userId}`],
      "the mention is set off",
    );
    await isAccessible(meis.page, "mention");
  });

  await step("Escape closes the list and keeps the text", async () => {
    await meis.types("a@b @");
    await meis.page.getByRole("listbox").waitFor();
    await meis.root.locator(".composer textarea").press("Escape");
    await meis.page.getByRole("listbox").waitFor({ state: "detached" });
    assert.equal(await meis.root.locator(".composer textarea").inputValue(), "a@b @");
    await meis.root.locator(".composer textarea").fill("");
  });
}

async function deletions({ step, laylas, meis }) {
  await step("a deletion is asked once more, and leaves an empty place for both", async () => {
    await laylas.chooses("Tea at eight?", "Delete");
    const dialog = laylas.page.getByRole("dialog", { name: "Delete for everybody?" });
    await isAccessible(laylas.page, "deletion");
    await dialog.getByRole("button", { name: "Keep" }).click();
    await laylas.chooses("Tea at eight?", "Delete");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await laylas.root.getByText("You deleted this message").first().waitFor();
    await meis.root.getByText(`${laylas.userId} deleted this message`).first().waitFor();
    await until(
      () => meis.message("Gladly!").locator(".quote-text").allTextContents(),
      [`${laylas.userId} deleted this message`],
      "the quote of it",
    );
    await meis.root.locator(".pinned-bar").waitFor({ state: "detached" });
    assert.equal(await meis.root.locator(".reaction").count(), 0);
    await isAccessible(meis.page, "deleted message");
  });

  await step("another’s message offers neither edit nor delete", async () => {
    await laylas.message("Gladly!").press("Enter");
    const offered = laylas.page.getByRole("menu").locator(".menu-item");
    const words = [
      "Reply",
      "Copy text",
      "Forward",
      WHY,
      "Mark as unread from here",
      "Pin",
      "Report",
    ];
    await until(() => offered.allTextContents(), words, "what is offered");
    await laylas.page.keyboard.press("Escape");
    await laylas.page.getByRole("menu").waitFor({ state: "detached" });
  });
}

async function otherKinds({ step, laylas, meis }) {
  await step("a card shows its choices, another kind tells what it is", async () => {
    const client = await clientOf(laylas.userId);
    const { conversationId } = await client.openDirect(meis.userId);
    const room = client.conversation(conversationId);
    room.subscribe(() => undefined);
    room.send({
      type: "card",
      title: "Ferry to the island",
      text: "Two seats are held for you.",
      imageUrl: "https://example.com/ferry.jpg",
      buttons: [
        { id: "times", label: "See the timetable", url: "https://example.com/times" },
        { id: "take", label: "Take the seats", value: "take" },
      ],
    });
    room.send({ type: "custom", kind: "poll", json: '{"question": 1}' });
    room.send({ type: "encrypted", scheme: "mls", ciphertext: new Uint8Array([1]) });
    const card = meis.message("Two seats are held for you.");
    await card.getByText("Ferry to the island").waitFor();
    await card.getByRole("link", { name: "Picture on example.com" }).waitFor();
    const link = card.getByRole("link", { name: "See the timetable" });
    assert.equal(await link.getAttribute("href"), "https://example.com/times");
    await card.getByRole("button", { name: "Take the seats" }).waitFor();
    await meis.message("A message of the app’s own kind “poll”").waitFor();
    await meis.message("An encrypted message").waitFor();
    await isAccessible(meis.page, "cards");
    client.disconnect();
  });
}

async function groups({ step, laylas, meis }) {
  await step("in a group all are called at once, and its owner deletes anybody’s", async () => {
    await laylas.beginGroup("رحلة البحر", mei);
    await laylas.types("من سيأتي؟ @ever");
    await laylas.page.getByRole("option", { name: "everyone" }).click();
    await laylas.root.locator(".composer textarea").press("Enter");
    await meis.opens("رحلة البحر");
    await meis.root.locator(".calls-me").waitFor();
    await meis.writes("أنا!");
    await meis.message("أنا!").press("Enter");
    const offered = meis.page.getByRole("menu").locator(".menu-item");
    const words = ["Reply", "Copy text", "Edit", "Forward", WHY, "Delete"];
    await until(() => offered.allTextContents(), words, "a member pins nothing in a group");
    await meis.page.keyboard.press("Escape");
    await laylas.chooses("أنا!", "Delete");
    await laylas.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await meis.root.getByText(`${layla} deleted this message`).first().waitFor();
  });

  await step("from right to left everything keeps its place", async () => {
    await laylas.page.getByRole("button", { name: "Lay out from right to left" }).click();
    const line = laylas.message("من سيأتي؟");
    await line.press("Enter");
    await isAccessible(laylas.page, "menu from right to left");
    const screen = await laylas.root.boundingBox();
    const menu = await laylas.page.getByRole("menu").boundingBox();
    const isInside = menu.x >= screen.x && menu.x + menu.width <= screen.x + screen.width;
    assert.ok(isInside, "the menu is on its person’s screen");
    await laylas.page.getByRole("menuitem", { name: "Edit", exact: true }).click();
    await laylas.root.getByLabel("Text of the message").waitFor();
    const hiddenPx = await laylas.root
      .locator(".timeline")
      .evaluate((box) => box.scrollWidth - box.clientWidth);
    assert.equal(hiddenPx, 0, "nothing reaches beyond the timeline");
    await laylas.page.keyboard.press("Escape");
    await laylas.page.getByRole("button", { name: "Lay out from left to right" }).click();
    await laylas.opens(mei);
    await meis.opens(layla);
  });
}

async function farAway({ step, laylas, meis, browser, faults }) {
  await step("a quote leads to a message far above, which is marked", async () => {
    for (let i = 1; i <= 60; i++) {
      await laylas.writes(`line ${i}`);
    }
    await until(async () => new Set(await laylas.ticks()).has("pending"), false, "all accepted");
    await meis.chooses("Gladly!", "Reply");
    await meis.writes("Still gladly!");
    await laylas.message("Still gladly!").waitFor();
    const context = await browser.newContext();
    const fresh = new Screen(await open(context, faults, mei), mei);
    await fresh.opens(layla);
    await until(async () => (await fresh.texts()).length, 50, "the newest page");
    const quote = fresh.message("Still gladly!").locator(".quote");
    await quote.getByText("Gladly!", { exact: true }).click();
    const found = fresh.root.locator(".message.is-found .text");
    await until(() => found.allTextContents(), ["Gladly!"], "the found message");
    const isFocused = () =>
      fresh
        .message(/^Gladly!$/)
        .evaluate((one) => one === document.activeElement && one.matches(".message"));
    await until(isFocused, true, "the found message has the focus");
    await context.close();
  });
}

async function phone({ step, browser, faults }) {
  await step("a long press opens the menu on a phone", async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const page = await open(context, faults, mei);
    const screen = new Screen(page, mei);
    await screen.opens(layla);
    await fits(screen);
    const bubble = screen.message("Still gladly!").locator(".bubble .text");
    await bubble.waitFor();
    const { x, y } = await bubble.boundingBox();
    await bubble.dispatchEvent("pointerdown", {
      pointerType: "touch",
      clientX: x + 5,
      clientY: y + 5,
      bubbles: true,
    });
    await page.getByRole("menu").waitFor();
    await isAccessible(page, "menu on a phone");
    const menu = await page.getByRole("menu").boundingBox();
    assert.ok(menu.x >= 0 && menu.x + menu.width <= 390, "the menu is on the screen");
    await context.close();
  });
}
