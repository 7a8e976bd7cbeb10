// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { clientOf, isAccessible, open, play, Screen, until } from "./browser.mjs";

/**
 * Layla has two windows, which are two devices; what she arranges and begins to write in one of
 * them, the other one shows, and nobody else. Needs a server in demo mode at TERN_URL.
 */
const run = Date.now().toString(36);
const layla = `layla-${run}`;
const mei = `mei-${run}`;
const omar = `omar-${run}`;

await play(async ({ browser, faults, step }) => {
  const laptop = new Screen(await open(await browser.newContext(), faults, layla), layla);
  const phone = new Screen(await open(await browser.newContext(), faults, layla), layla);
  const meis = await clientOf(mei);
  const omars = await clientOf(omar);
  await write(meis, layla, "Tea at five?");
  await write(omars, layla, "The ferry leaves at six.");
  await laptop.badge(2);
  await phone.badge(2);
  const story = { browser, faults, step, laptop, phone, meis, omars };
  await order(story);
  await archive(story);
  await unread(story);
  await hiding(story);
  await drafts(story);
  meis.disconnect();
  omars.disconnect();
});

async function write(client, peer, text) {
  const { conversationId } = await client.openDirect(peer);
  const room = client.conversation(conversationId);
  room.subscribe(() => undefined);
  room.send(text);
  await until(() => room.state.messages.at(-1)?.tick !== "pending", true, `${text} is kept`);
}

/** Chooses from a conversation's menu, by a right click. */
async function arranges(screen, title, action) {
  await screen.row(title).click({ button: "right" });
  await menuItem(screen, action).click();
}

function menuItem(screen, action) {
  return screen.page.getByRole("menu").getByRole("menuitem", { name: action, exact: true });
}

function titles(screen) {
  return screen.root.locator(".row-item .row-title").allTextContents();
}

async function order({ step, laptop, phone }) {
  await step("what is pinned to the top stands there on both devices", async () => {
    await until(() => titles(phone), [omar, mei], "the newest first");
    await laptop.row(mei).hover();
    await laptop.root.getByRole("button", { name: `Actions for ${mei}` }).click();
    await isAccessible(laptop.page, "menu of a conversation");
    const focused = () => laptop.page.evaluate(() => document.activeElement?.textContent);
    await until(focused, "Pin to top", "the first entry has the focus");
    await laptop.page.keyboard.press("ArrowUp");
    await until(focused, "Clear history…", "the arrows go around");
    await laptop.page.keyboard.press("Home");
    await laptop.page.keyboard.press("Enter");
    for (const screen of [laptop, phone]) {
      await until(() => titles(screen), [mei, omar], "the pinned one first");
      await screen.row(mei).getByRole("img", { name: "On top" }).waitFor();
    }
    await arranges(phone, mei, "Take down from top");
    await until(() => titles(laptop), [omar, mei], "by activity again");
  });

  await step("muted notifications are marked on both devices, and can be had again", async () => {
    await arranges(laptop, omar, "Notifications…");
    await isAccessible(laptop.page, "menu of notifications");
    await laptop.root.getByRole("menuitem", { name: "Mute for 8 hours" }).click();
    await phone.row(omar).getByRole("img", { name: "Notifications are muted" }).waitFor();
    await isAccessible(phone.page, "muted conversation");
    await arranges(phone, omar, "Notifications…");
    await phone.root.getByRole("menuitem", { name: "Unmute" }).click();
    await laptop.row(omar).locator(".row-mark").waitFor({ state: "detached" });
  });

  await step("only mentions are wanted from one conversation, then all again", async () => {
    await arranges(laptop, omar, "Notifications…");
    await laptop.root.getByRole("menuitemradio", { name: "Mentions only" }).click();
    await phone.row(omar).getByRole("img", { name: "Notifications of mentions only" }).waitFor();
    await arranges(phone, omar, "Notifications…");
    const chosen = phone.root.getByRole("menuitemradio", { checked: true });
    await until(() => chosen.textContent(), "Mentions only", "what was chosen");
    await phone.root.getByRole("menuitemradio", { name: "As my profile says" }).click();
    await laptop.row(omar).locator(".row-mark").waitFor({ state: "detached" });
  });
}

async function archive({ step, laptop, phone, omars }) {
  await step(
    "an archived conversation leaves list and badge, and stands in the archive",
    async () => {
      await laptop.opens(omar);
      await laptop.badge(1);
      await arranges(laptop, omar, "Archive");
      await laptop.root.locator(".welcome").waitFor();
      for (const screen of [laptop, phone]) {
        await until(() => titles(screen), [mei], "one is left");
      }
      const door = phone.root.getByRole("button", { name: "Archived" });
      await until(() => door.textContent(), "Archived1", "how many are archived");
      await door.press("Enter");
      await phone.root.getByRole("heading", { name: "Archived" }).waitFor();
      await until(() => titles(phone), [omar], "the archive");
      await isAccessible(phone.page, "archive");
      await arranges(phone, omar, "Unarchive");
      await until(() => titles(phone), [omar, mei], "back in the list");
      await until(() => titles(laptop), [omar, mei], "back in the other list");
    },
  );

  await step("a new message brings an archived conversation back", async () => {
    await arranges(laptop, omar, "Archive");
    await until(() => titles(phone), [mei], "archived");
    await write(omars, layla, "Hurry!");
    await until(() => titles(laptop), [omar, mei], "it is back");
    await until(() => titles(phone), [omar, mei], "it is back on the other device");
  });
}

async function unread({ step, laptop, phone, meis }) {
  await step(
    "marked as unread it counts again, on both devices, and nobody else sees it",
    async () => {
      await laptop.opens(mei);
      await until(() => phone.row(mei).getAttribute("data-unread"), "0", "read");
      await arranges(laptop, mei, "Mark as unread");
      for (const screen of [laptop, phone]) {
        await until(() => screen.row(mei).getAttribute("data-unread"), "1", "unread again");
      }
      await laptop.root.locator(".welcome").waitFor();
      const { conversationId } = await meis.openDirect(layla);
      const { messages } = meis.conversation(conversationId).state;
      assert.equal(messages.at(-1).tick, "read");
      await arranges(phone, mei, "Mark as read");
      await until(() => laptop.row(mei).getAttribute("data-unread"), "0", "read again");
    },
  );

  await step("from a message on, it can be marked as unread as well", async () => {
    await write(meis, layla, "Or at six?");
    await laptop.opens(mei);
    await laptop.message("Tea at five?").waitFor();
    await laptop.chooses("Tea at five?", "Mark as unread from here");
    await until(() => phone.row(mei).getAttribute("data-unread"), "2", "two are unread");
    await laptop.opens(mei);
    const line = laptop.root.locator(".unread-line");
    await until(() => line.allInnerTexts(), ["2 unread messages"], "the line above them");
  });
}

async function hiding({ step, laptop, phone, meis, omars }) {
  await step("a hidden conversation comes back with the next message", async () => {
    await arranges(laptop, omar, "Hide until a new message");
    await until(() => titles(phone), [mei], "hidden");
    assert.equal(await phone.root.getByRole("button", { name: "Archived" }).count(), 0);
    await write(omars, layla, "Still here?");
    await until(() => titles(phone), [omar, mei], "it is back");
  });

  await step("a history is cleared after a question, for oneself alone", async () => {
    await phone.opens(omar);
    await phone.shows("The ferry leaves at six.", "Hurry!", "Still here?");
    await arranges(laptop, omar, "Clear history…");
    const dialog = laptop.page.getByRole("dialog", { name: "Clear this history?" });
    await isAccessible(laptop.page, "question before clearing");
    await dialog.getByRole("button", { name: "Keep" }).click();
    await dialog.waitFor({ state: "detached" });
    await until(() => titles(laptop), [omar, mei], "nothing has changed");
    await arranges(laptop, omar, "Clear history…");
    await dialog.getByRole("button", { name: "Clear history" }).click();
    await until(() => titles(laptop), [mei], "hidden as well");
    await phone.shows();
    await write(omars, layla, "Anew then.");
    await phone.shows("Anew then.");
    const { conversationId } = await omars.openDirect(layla);
    assert.equal(omars.conversation(conversationId).state.messages.length, 4);
    void meis;
  });
}

async function drafts({ step, laptop, phone }) {
  const field = (screen) => screen.root.locator(".composer textarea");
  const preview = (screen, title) => () => screen.row(title).locator(".row-preview").textContent();

  await step("what is begun in one window stands in the other’s list and field", async () => {
    await laptop.opens(mei);
    await laptop.types("As I said,");
    await until(preview(phone, mei), "Draft:As I said,", "the draft in the list");
    await isAccessible(phone.page, "draft in the list");
    await phone.opens(mei);
    await until(() => field(phone).inputValue(), "As I said,", "the draft in the field");
    await phone.types(" at six");
    await until(() => field(laptop).inputValue(), "As I said, at six", "the newer one");
  });

  await step("a draft stays with its conversation, with what it answers", async () => {
    await phone.chooses("Or at six?", "Reply");
    await phone.opens(omar);
    assert.equal(await field(phone).inputValue(), "");
    await phone.opens(mei);
    assert.equal(await field(phone).inputValue(), "As I said, at six");
    await phone.root.locator(".reply-bar").getByText("Or at six?").waitFor();
    await laptop.root.locator(".reply-bar").getByText("Or at six?").waitFor();
  });

  await step("a draft outlives a reload, and is gone once it was sent", async () => {
    await phone.page.reload();
    await until(() => field(phone).inputValue(), "As I said, at six", "after a reload");
    await field(phone).press("Enter");
    await until(() => field(phone).inputValue(), "", "the field is empty");
    await until(() => field(laptop).inputValue(), "", "the other field is empty");
    await laptop.root.locator(".reply-bar").waitFor({ state: "detached" });
    await laptop.message("As I said, at six").locator(".quote-text").waitFor();
    await laptop.opens(omar);
    await until(preview(laptop, mei), "You:As I said, at six", "no draft in the list");
  });
}
