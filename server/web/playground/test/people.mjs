// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { clientOf, isAccessible, open, play, Screen, ternUrl, until } from "./browser.mjs";

/**
 * Who people are, whether they are there, and whom one avoids: two people in two windows. Needs a
 * server in demo mode at TERN_URL.
 */
const run = Date.now().toString(36);
const layla = `layla-${run}`;
const mei = `mei-${run}`;
const NAME = "林美 Mei";

await play(async ({ browser, faults, step }) => {
  const laylasPage = await open(await browser.newContext(), faults, layla);
  const meisPage = await open(await browser.newContext(), faults, mei);
  const laylas = new Screen(laylasPage, layla);
  const meis = new Screen(meisPage, mei);
  await laylas.beginDirect(mei);
  await laylas.writes("Hello Mei");
  await meis.opens(layla);
  await meis.shows("Hello Mei");
  await meis.writes("Hello Layla");

  await profiles({ step, laylas, meis });
  await presence({ step, laylas, meis });
  await cards({ step, laylas, meis });
  await avoiding({ step, laylas, meis });
  await reports({ step, laylas });
  await layouts({ step, laylas, browser, faults });
});

function card(screen, name = NAME) {
  return screen.page.getByRole("dialog", { name, exact: true });
}

async function opensCard(screen, name = NAME) {
  await screen.root.getByRole("button", { name: `About ${name}` }).click();
  await card(screen, name).waitFor();
}

async function closes(screen) {
  await screen.page.keyboard.press("Escape");
  await screen.page.getByRole("dialog").waitFor({ state: "detached" });
}

async function opensOwn(screen) {
  await screen.root.getByRole("button", { name: "Your profile" }).click();
  const dialog = screen.page.getByRole("dialog", { name: "Your profile" });
  await dialog.getByText("Who sees whether you are online").waitFor();
  return dialog;
}

function subtitle(screen) {
  return () => screen.root.locator(".conversation .subtitle").innerText();
}

async function focusedIs(screen, label) {
  await until(
    () => screen.page.evaluate(() => document.activeElement?.ariaLabel),
    label,
    `the focus is on ${label}`,
  );
}

async function profiles({ step, laylas, meis }) {
  await step("a name and a picture show to the other one at once", async () => {
    const dialog = await opensOwn(meis);
    await isAccessible(meis.page, "one’s own profile");
    await dialog.getByLabel("Name").fill(NAME);
    await dialog.getByRole("button", { name: "Picture of a wave" }).click();
    await dialog.getByLabel("Time zone").fill("Asia/Tokyo");
    await dialog.getByLabel("Language").fill("zh-Hans");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("Saved").waitFor();
    await closes(meis);
    await focusedIs(meis, "Your profile");

    await laylas.row(NAME).waitFor();
    await laylas.root.locator(".conversation").getByRole("heading", { name: NAME }).waitFor();
    const picture = laylas.row(NAME).locator(".avatar-picture");
    assert.equal(await picture.getAttribute("src"), `${ternUrl}/pictures/wave.svg`);
    await meis.root.getByText(`You are ${NAME}`).waitFor();
  });

  await step("what a search finds has the name and the picture of whom it is with", async () => {
    const field = laylas.root.getByRole("combobox", { name: "Search all conversations" });
    await field.fill("Layla");
    const hit = laylas.root.locator(".hit", { hasText: "Hello Layla" });
    await hit.getByText(NAME).first().waitFor();
    const picture = hit.locator(".avatar-picture");
    assert.equal(await picture.getAttribute("src"), `${ternUrl}/pictures/wave.svg`);
    const [face, words] = await Promise.all(
      [picture, hit.locator(".hit-text")].map((one) => one.boundingBox()),
    );
    assert.ok(words.x >= face.x + face.width, "the words stand beside the picture");
    await field.fill("");
    await laylas.row(NAME).waitFor();
  });

  await step("what the server refuses is told, and nothing is lost", async () => {
    const dialog = await opensOwn(meis);
    assert.equal(await dialog.getByLabel("Language").inputValue(), "zh-Hans");
    assert.equal(await dialog.getByLabel("Time zone").inputValue(), "Asia/Tokyo");
    await dialog.getByLabel("Time zone").fill("Nowhere/Else");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByRole("alert").getByText("The server can’t take that.").waitFor();
    assert.equal(await dialog.getByLabel("Name").inputValue(), NAME);
    await closes(meis);
  });

  await step("a quote and a deletion name people as they are called", async () => {
    await laylas.chooses("Hello Layla", "Reply");
    await laylas.writes("How are you?");
    const sender = laylas.message("How are you?").locator(".quote-sender");
    await until(() => sender.allTextContents(), [NAME], "the quoted one");
    await meis.chooses("Hello Layla", "Delete");
    await meis.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await laylas.root.getByText(`${NAME} deleted this message`).first().waitFor();
    await meis.writes("Fine, thank you");
    await laylas.message("Fine, thank you").waitFor();
  });
}

async function presence({ step, laylas, meis }) {
  const dot = laylas.row(NAME).getByRole("img", { name: "Online" });

  await step("who is there has a dot with words, and loses it by leaving", async () => {
    await dot.waitFor();
    await until(subtitle(laylas), "Online", "in words");
    await meis.goes("Offline");
    await dot.waitFor({ state: "detached" });
    await until(subtitle(laylas), "Last seen just now", "in words");
    await meis.goes("Online");
    await dot.waitFor();
  });

  await step("after a lost connection presence is asked for anew", async () => {
    await laylas.goes("Offline");
    await dot.waitFor({ state: "detached" });
    await laylas.goes("Online");
    await dot.waitFor();
  });

  await step("who is invisible looks away", async () => {
    const dialog = await opensOwn(meis);
    const invisible = dialog.getByRole("switch", { name: /^Invisible/ });
    await invisible.check();
    await dot.waitFor({ state: "detached" });
    await invisible.uncheck();
    await dot.waitFor();
    await closes(meis);
  });

  await step("quiet hours are set, moved and ended", async () => {
    const dialog = await opensOwn(meis);
    await dialog.getByRole("radio", { name: "Mentions only" }).check();
    const quiet = dialog.getByRole("switch", { name: /^Quiet hours/ });
    await quiet.check();
    const hours = dialog.getByRole("form", { name: "Quiet hours" });
    await hours.getByLabel("From").fill("23:15");
    await isAccessible(meis.page, "quiet hours");
    await hours.getByRole("button", { name: "Set quiet hours" }).click();
    await dialog.getByText("Saved").waitFor();
    const another = await clientOf(mei);
    const kept = async () => (await another.people.readPreferences()).quietHours?.from;
    await until(kept, "23:15", "what the server keeps");
    await quiet.uncheck();
    await hours.waitFor({ state: "detached" });
    await dialog.getByRole("radio", { name: "All messages" }).check();
    await until(kept, undefined, "no quiet hours");
    another.disconnect();
    await closes(meis);
  });

  await step("one is seen by nobody, or only by those one has written to", async () => {
    const sven = await clientOf(`sven-${run}`);
    await sven.openDirect(mei);
    sven.people.watch([mei]);
    const isSeen = () => sven.people.state.presences.get(mei)?.online ?? false;
    await until(isSeen, true, "everybody sees Mei");
    const dialog = await opensOwn(meis);
    await dialog.getByRole("radio", { name: "Nobody" }).check();
    await dot.waitFor({ state: "detached" });
    await until(subtitle(laylas), "Just the two of you", "nor since when");
    await until(isSeen, false, "nobody sees Mei");
    await dialog.getByRole("radio", { name: "Those I have written to" }).check();
    await dialog.getByText("Saved").waitFor();
    await closes(meis);
    await laylas.page.reload();
    await dot.waitFor();
    sven.disconnect();
    const stranger = await clientOf(`sven-${run}`);
    stranger.people.watch([mei]);
    const known = () => stranger.people.state.presences.has(mei);
    await until(known, true, "the server has answered");
    assert.equal(
      stranger.people.state.presences.get(mei).online,
      false,
      "Mei wrote nothing to Sven",
    );
    stranger.disconnect();
  });
}

async function cards({ step, laylas }) {
  await step("a card tells who somebody is, and gives the focus back", async () => {
    await opensCard(laylas);
    const dialog = card(laylas);
    for (const words of [mei, "简体中文", /, Asia\/Tokyo$/]) {
      await dialog.getByText(words).waitFor();
    }
    await dialog.locator(".profile-presence", { hasText: "Online" }).waitFor();
    await isAccessible(laylas.page, "profile card");
    for (let presses = 0; presses < 12; presses++) {
      await laylas.page.keyboard.press("Tab");
      const isInside = await laylas.page.evaluate(
        () =>
          document.activeElement === document.body ||
          document.activeElement?.closest("dialog") !== null,
      );
      assert.ok(isInside, "the focus stays in the dialog");
    }
    await closes(laylas);
    await focusedIs(laylas, `About ${NAME}`);
  });
}

async function avoiding({ step, laylas, meis }) {
  await step("who is blocked can’t write, and is not told why", async () => {
    await opensCard(laylas);
    await card(laylas).getByRole("button", { name: "Block" }).click();
    await card(laylas).getByText("Blocked: nothing goes").waitFor();
    await isAccessible(laylas.page, "blocked");
    await closes(laylas);
    await laylas.root.getByText(`You have blocked ${NAME}`).waitFor();
    assert.equal(await laylas.root.locator(".composer textarea").count(), 0);
    await isAccessible(laylas.page, "blocked note");
    await meis.writes("Are you there?");
    await meis.root.locator(".failure").waitFor();
    assert.match(await meis.root.locator(".failure").innerText(), /^You may not do that\./);
    await laylas.root.getByRole("button", { name: "Unblock" }).click();
    await laylas.root.locator(".composer textarea").waitFor();
    await meis.root.getByRole("button", { name: "Try again" }).click();
    await laylas.message("Are you there?").waitFor();
  });

  await step("who is muted is not shown as typing; the list leads back", async () => {
    await opensCard(laylas);
    await card(laylas).getByRole("button", { name: "Mute" }).click();
    await card(laylas).getByRole("button", { name: "Unmute" }).waitFor();
    await closes(laylas);
    await meis.types("Nobody sees me type");
    await meis.writes("It is here all the same");
    await laylas.message("It is here all the same").waitFor();
    assert.equal(await laylas.root.locator(".typing").count(), 0);
    const dialog = await opensOwn(laylas);
    await isAccessible(laylas.page, "whom one avoids");
    await dialog.getByRole("button", { name: `Unmute ${NAME}` }).click();
    await dialog.getByText("Blocked and muted").waitFor({ state: "detached" });
    await closes(laylas);
  });
}

async function reports({ step, laylas }) {
  await step("a message is reported from its menu", async () => {
    await laylas.chooses("It is here all the same", "Report");
    const dialog = laylas.page.getByRole("dialog", { name: "Report" });
    await dialog.getByText("It is here all the same").waitFor();
    await isAccessible(laylas.page, "report");
    const send = dialog.getByRole("button", { name: "Send report" });
    assert.ok(await send.isDisabled(), "a reason is needed");
    await dialog.getByLabel("Harassment").check();
    await dialog.getByLabel("What should the moderators know?").fill("not for the first time");
    await send.click();
    await dialog.waitFor({ state: "detached" });
    await laylas.root.getByText("Reported to the moderators").waitFor({ state: "attached" });
  });

  await step("one’s own message offers no report, a person’s card does", async () => {
    await laylas.message("How are you?").press("Enter");
    const menu = laylas.page.getByRole("menu");
    assert.equal(await menu.getByRole("menuitem", { name: "Report" }).count(), 0);
    await laylas.page.keyboard.press("Escape");
    await opensCard(laylas);
    await card(laylas).getByRole("button", { name: "Report" }).click();
    const dialog = laylas.page.getByRole("dialog", { name: "Report" });
    await dialog.getByLabel("Fraud").check();
    await dialog.getByRole("button", { name: "Send report" }).click();
    await dialog.waitFor({ state: "detached" });
    await card(laylas).getByText("Reported to the moderators").waitFor();
    const focused = () => laylas.page.evaluate(() => document.activeElement?.textContent);
    await until(focused, "Report", "the focus is back on the card");
    await closes(laylas);
  });

  await step("a direct conversation begins from a card", async () => {
    const omar = await clientOf(`omar-${run}`);
    await omar.people.updateProfile({ name: "عمر" });
    const { conversationId } = await omar.createGroup("Walk", [layla]);
    const room = omar.conversation(conversationId);
    room.subscribe(() => undefined);
    room.send("مرحبا");
    await laylas.opens("Walk");
    await laylas.chooses("مرحبا", "About عمر");
    await isAccessible(laylas.page, "card from a message");
    await card(laylas, "عمر").getByRole("button", { name: "Message" }).click();
    await laylas.root.locator(".conversation").getByRole("heading", { name: "عمر" }).waitFor();
    omar.disconnect();
  });
}

async function layouts({ step, laylas, browser, faults }) {
  await step("from right to left and on a phone the dialogs fit", async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await open(context, faults, layla);
    const screen = new Screen(page, layla);
    await page.getByRole("button", { name: "Lay out from right to left" }).click();
    await screen.opens(NAME);
    await opensCard(screen);
    await isAccessible(page, "card on a phone");
    await isOnScreen(page);
    await closes(screen);
    await opensOwn(screen);
    await isOnScreen(page);
    await isAccessible(page, "profile on a phone");
    await context.close();
    await laylas.opens(NAME);
  });
}

/** The dialog is on the screen, and nothing in it reaches beyond its sides. */
async function isOnScreen(page) {
  const { x, width, hidden } = await page.locator("dialog[open]").evaluate((dialog) => {
    const box = dialog.getBoundingClientRect();
    return { x: box.x, width: box.width, hidden: dialog.scrollWidth - dialog.clientWidth };
  });
  assert.ok(x >= 0 && x + width <= page.viewportSize().width, "the dialog is on the screen");
  assert.equal(hidden, 0, "nothing is hidden at its side");
}
