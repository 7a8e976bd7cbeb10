// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { clientOf, isAccessible, open, play, Screen, ternUrl, until } from "./browser.mjs";

/**
 * Leading a group: members and roles, mutes and bans, settings, invitations, the end. Needs a
 * server in demo mode at TERN_URL.
 */
const run = Date.now().toString(36);
const layla = `layla-${run}`;
const mei = `mei-${run}`;
const others = ["omar", "zoe", "noel", "ida"].map((name) => `${name}-${run}`);
const [omar, zoe, noel] = others;
const GROUP = "Harbour walk";

await play(async ({ browser, faults, step }) => {
  const laylasPage = await open(
    await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] }),
    faults,
    layla,
  );
  const meisPage = await open(await browser.newContext(), faults, mei);
  const laylas = new Screen(laylasPage, layla);
  const meis = new Screen(meisPage, mei);
  await laylas.beginGroup(GROUP, mei, ...others);
  await meis.opens(GROUP);

  await founding({ step, laylas, meis });
  await roles({ step, laylas, meis });
  await order({ step, laylas, meis });
  await settings({ step, laylas, meis });
  await invitations({ step, laylas, browser, faults });
  await phone({ step, browser, faults });
  await theEnd({ step, laylas, meis });
});

/** Opens the group's dialog, at a tab. */
async function about(screen, tab = "Members") {
  await screen.root.getByRole("button", { name: "Members", exact: true }).click();
  const dialog = screen.page.locator("dialog[open]");
  await dialog.getByRole("tab", { name: tab }).click();
  return dialog;
}

async function closes(screen) {
  await screen.page.keyboard.press("Escape");
  await screen.page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Chooses from the menu of a member. */
async function chooses(screen, userId, ...words) {
  await screen.page.getByRole("button", { name: `What to do with ${userId}` }).click();
  for (const one of words) {
    await screen.page.getByRole("menuitem", { name: one, exact: true }).click();
  }
  await screen.page.getByRole("menu").waitFor({ state: "detached" });
}

/** What a member's line shows beside the name. */
function row(screen, userId) {
  return screen.page.locator(`[data-member="${userId}"]`);
}

async function offers(screen, userId, ...words) {
  await screen.page.getByRole("button", { name: `What to do with ${userId}` }).click();
  const menu = screen.page.getByRole("menu");
  await until(() => menu.getByRole("menuitem").allTextContents(), words, "what is offered");
  await screen.page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
}

/** Waits for a message of the server’s own. */
async function told(screen, words) {
  await screen.root.locator(".system").getByText(words, { exact: true }).waitFor();
}

async function founding({ step, laylas, meis }) {
  const name = "Lighthouse keepers";
  await step("a group has its picture, pace and rules from the beginning", async () => {
    await laylas.root.getByRole("button", { name: "New conversation" }).click();
    const dialog = laylas.page.getByRole("dialog");
    await dialog.getByText("Group", { exact: true }).click();
    await dialog.getByLabel("Name of the group").fill(name);
    await dialog.getByLabel("Who else, separated by spaces").fill(mei);
    await dialog.getByText("Picture, slow mode, who may do what").click();
    await dialog.getByLabel("Address of a picture").fill("a lighthouse");
    await dialog.getByRole("alert").getByText("An address begins with").waitFor();
    await dialog.getByLabel("Address of a picture").fill(` ${ternUrl}/pictures/wave.svg`);
    await dialog.getByLabel("Wait between two messages").selectOption("1 minute");
    await dialog.getByLabel("Who writes").selectOption("Moderators and owners");
    await dialog.getByLabel("Who adds members").selectOption("Everybody");
    await dialog.getByLabel("Who removes members").selectOption("Owners");
    await dialog.getByLabel("Who deletes what others wrote").selectOption("Owners");
    await isAccessible(laylas.page, "what a new group has");
    await dialog.getByRole("button", { name: "Create group" }).click();
    await laylas.root.getByRole("heading", { name }).waitFor();
  });

  await step("it holds for its members at once, and shows in its settings", async () => {
    await meis.row(name).click();
    await meis.root.getByText("Only some write here: you can read along, and react.").waitFor();
    const dialog = await about(laylas, "Settings");
    const chosen = (label) =>
      dialog.getByLabel(label).evaluate(({ selectedOptions }) => selectedOptions[0].textContent);
    assert.equal(
      await dialog.getByLabel("Address of a picture").inputValue(),
      `${ternUrl}/pictures/wave.svg`,
    );
    assert.equal(await chosen("Wait between two messages"), "1 minute");
    assert.equal(await chosen("Who adds members"), "Everybody");
    assert.equal(await chosen("Who changes name and picture"), "Moderators and owners");
    assert.equal(await chosen("Who removes members"), "Owners");
    assert.equal(await chosen("Who deletes what others wrote"), "Owners");
    await closes(laylas);
    await laylas.opens(GROUP);
    await meis.opens(GROUP);
  });
}

async function roles({ step, laylas, meis }) {
  await step("the owner sees who is in it and finds one by name", async () => {
    const dialog = await about(laylas);
    await dialog.getByRole("heading", { name: "6 members" }).waitFor();
    await isAccessible(laylas.page, "members");
    const shown = () => dialog.locator("[data-member]").count();
    await dialog.getByLabel("Search members").fill("NOEL");
    await until(shown, 1, "one is found");
    await dialog.getByLabel("Search members").fill("nobody");
    await dialog.getByText("Nobody is called so.").waitFor();
    await dialog.getByLabel("Search members").fill("");
    await until(shown, 6, "all are shown");
    await row(laylas, mei).getByRole("img", { name: "Online" }).waitFor();
  });

  await step("a menu is gone through by keys and gives the focus back", async () => {
    const button = laylas.page.getByRole("button", { name: `What to do with ${omar}` });
    await button.press("Enter");
    await laylas.page.getByRole("menu").waitFor();
    await isAccessible(laylas.page, "member menu");
    const focused = () => laylas.page.evaluate(() => document.activeElement?.textContent);
    await until(focused, "Make a moderator", "the first entry");
    await laylas.page.keyboard.press("ArrowUp");
    await until(focused, "Ban…", "round the end");
    await laylas.page.keyboard.press("Enter");
    await until(focused, "Ban for an hour", "the second page");
    await isAccessible(laylas.page, "how long a ban lasts");
    await laylas.page.keyboard.press("Escape");
    await until(() => button.evaluate((one) => one === document.activeElement), true, "focus");
    await laylas.page.locator("dialog[open]").waitFor();
  });

  await step("a new moderator is told to all, and may do what moderators do", async () => {
    await chooses(laylas, mei, "Make a moderator");
    await row(laylas, mei).getByText("Moderator").waitFor();
    await closes(laylas);
    await told(meis, `${layla} made you a moderator`);
    await about(meis);
    await offers(meis, omar, "Mute…", "Remove", "Ban…");
    assert.equal(
      await meis.page.getByRole("button", { name: `What to do with ${layla}` }).count(),
      0,
    );
    await closes(meis);
  });
}

async function order({ step, laylas, meis }) {
  await step("a moderator mutes for a while, and takes it back", async () => {
    await about(meis);
    await chooses(meis, omar, "Mute…", "Mute for an hour");
    await row(meis, omar)
      .getByText(/^Muted until /)
      .waitFor();
    await chooses(meis, omar, "Unmute");
    await row(meis, omar)
      .getByText(/^Muted until /)
      .waitFor({ state: "detached" });
  });

  await step("who is banned is out, stays out, and may come back", async () => {
    await chooses(meis, noel, "Ban…", "Ban for a day");
    await row(meis, noel).waitFor({ state: "detached" });
    await meis.page.getByLabel("Who to add").fill(noel);
    await meis.page.getByRole("button", { name: "Add", exact: true }).click();
    await meis.page.getByRole("alert").getByText("You may not do that.").waitFor();
    await meis.page.getByRole("tab", { name: "Banned" }).click();
    const unban = meis.page.getByRole("button", { name: `Unban ${noel}` });
    await unban.waitFor();
    await meis.page.getByText(/^By you, until /).waitFor();
    await isAccessible(meis.page, "banned");
    await unban.click();
    await meis.page.getByText("Nobody is banned.").waitFor();
    await meis.page.getByRole("tab", { name: "Members" }).click();
    await chooses(meis, zoe, "Remove");
    await row(meis, zoe).waitFor({ state: "detached" });
    await closes(meis);
    await told(laylas, `${mei} removed ${zoe}`);
  });
}

async function settings({ step, laylas, meis }) {
  await step("a name, a picture and rules show to all", async () => {
    const dialog = await about(laylas, "Settings");
    await isAccessible(laylas.page, "group settings");
    await dialog.getByLabel("Name of the group").fill("Pier walk");
    const address = `${ternUrl}/pictures/sun.svg`;
    await dialog.getByLabel("Address of a picture").fill(address);
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("Saved").waitFor();
    await dialog.getByLabel("Who adds members").selectOption("owner");
    await dialog.getByLabel("Who removes members").selectOption("member");
    await dialog.getByLabel("Wait between two messages").selectOption("1 minute");
    await dialog.getByRole("switch", { name: /^Frozen/ }).check();
    await dialog.getByText("Frozen", { exact: true }).waitFor();
    await closes(laylas);
    await meis.root.locator(".conversation").getByRole("heading", { name: "Pier walk" }).waitFor();
    await told(meis, `${layla} renamed the group to “Pier walk”`);
    await told(meis, `${layla} changed the group’s picture`);
    assert.equal(
      await meis.row("Pier walk").locator(".avatar-picture").getAttribute("src"),
      address,
    );
  });

  await step("what one may not do is not offered", async () => {
    const dialog = await about(meis);
    assert.equal(await dialog.getByLabel("Who to add").count(), 0, "only owners add now");
    await dialog.getByRole("tab", { name: "Settings" }).click();
    await dialog.getByLabel("Name of the group").waitFor();
    assert.equal(await dialog.getByLabel("Wait between two messages").inputValue(), "60");
    assert.ok(await dialog.getByRole("switch", { name: /^Frozen/ }).isChecked());
    assert.equal(await dialog.getByText("Who may do what").count(), 0);
    assert.equal(await dialog.getByRole("button", { name: "Delete the group" }).count(), 0);
    await closes(meis);
    await about(laylas);
    await chooses(laylas, mei, "Make a member");
    await closes(laylas);
    const plain = await about(meis);
    const tabs = () => plain.getByRole("tab").allTextContents();
    await until(tabs, ["Members", "Settings"], "a member’s tabs");
    await offers(meis, omar, "Remove");
    assert.equal(await plain.getByRole("button", { name: /^What to do with/ }).count(), 2);
    await plain.getByRole("tab", { name: "Settings" }).click();
    assert.equal(await plain.getByRole("textbox").count(), 0);
    await plain.getByRole("button", { name: "Leave the group" }).waitFor();
    await isAccessible(meis.page, "settings of a member");
    await closes(meis);
  });
}

async function invitations({ step, laylas, browser, faults }) {
  let link = "";

  await step("a link is made, copied, and shown only once", async () => {
    const dialog = await about(laylas, "Invitations");
    await dialog.getByText("There is no link into this group now.").waitFor();
    await dialog.getByLabel("Good for").selectOption("1 day");
    await dialog.getByLabel("Lets in").selectOption("10 people");
    await dialog.getByRole("button", { name: "Make a link" }).click();
    await dialog.getByText("0 of 10 have joined").waitFor();
    link = await dialog.getByLabel("The new link").inputValue();
    assert.match(link, /#join=\S{16,}$/);
    await dialog.getByRole("button", { name: "Copy" }).click();
    await dialog.getByText("Copied").waitFor();
    assert.equal(await laylas.page.evaluate(() => navigator.clipboard.readText()), link);
    await isAccessible(laylas.page, "invitations");
    await closes(laylas);
  });

  await step("whoever opens the link chooses who they are, and is in", async () => {
    const context = await browser.newContext();
    const page = await open(context, faults, `ana-${run}`);
    await page.goto(link);
    const dialog = page.getByRole("dialog", { name: "You are invited" });
    await isAccessible(page, "an invitation");
    await dialog.getByLabel("Who joins?").fill(`ana-${run}`);
    await dialog.getByRole("button", { name: "Join the group" }).click();
    const anas = new Screen(page, `ana-${run}`);
    await anas.root.locator(".conversation").getByRole("heading", { name: "Pier walk" }).waitFor();
    await told(laylas, `ana-${run} joined`);
    assert.doesNotMatch(page.url(), /join=/, "a reload joins no second time");
    await context.close();
  });

  await step("one who has the key joins by it, and a revoked link opens nothing", async () => {
    const dialog = await about(laylas, "Invitations");
    await dialog.getByText("1 of 10 have joined").waitFor();
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await dialog.getByText("There is no link into this group now.").waitFor();
    await closes(laylas);
    const keeper = await clientOf(`keeper-${run}`);
    const key = `birds-${run}`;
    const { conversationId } = await keeper.createGroup("Birds", [], { key });
    await keeper.group(conversationId).change({ joinableByKey: true });
    await laylas.root.getByRole("button", { name: "New conversation" }).click();
    const form = laylas.page.getByRole("dialog", { name: "New conversation" });
    await form.getByText("Join", { exact: true }).click();
    await isAccessible(laylas.page, "joining");
    await form.getByLabel("Link, invitation or key").fill(link);
    await form.getByRole("button", { name: "Join group" }).click();
    await form.getByRole("alert").getByText("That conversation is not here.").waitFor();
    await form.getByLabel("Link, invitation or key").fill(key);
    await form.getByRole("button", { name: "Join group" }).click();
    await laylas.root.locator(".conversation").getByRole("heading", { name: "Birds" }).waitFor();
    keeper.disconnect();
  });
}

async function phone({ step, browser, faults }) {
  await step("from right to left and on a phone it fits", async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await open(context, faults, layla);
    const screen = new Screen(page, layla);
    await page.getByRole("button", { name: "Lay out from right to left" }).click();
    await screen.opens("Pier walk");
    const dialog = await about(screen);
    await page.getByRole("button", { name: `What to do with ${mei}` }).click();
    const menu = await page.getByRole("menu").boundingBox();
    assert.ok(menu.x >= 0 && menu.x + menu.width <= 390, "the menu is on the screen");
    await isAccessible(page, "member menu on a phone");
    await page.keyboard.press("Escape");
    for (const tab of ["Members", "Settings", "Invitations", "Banned"]) {
      await dialog.getByRole("tab", { name: tab }).click();
      const hidden = await dialog.evaluate((one) => one.scrollWidth - one.clientWidth);
      assert.equal(hidden, 0, `nothing of ${tab} is hidden at the side`);
    }
    await context.close();
  });
}

async function theEnd({ step, laylas, meis }) {
  await step("a member leaves by themselves", async () => {
    const dialog = await about(meis, "Settings");
    await dialog.getByRole("button", { name: "Leave the group" }).click();
    await meis.row("Pier walk").waitFor({ state: "detached" });
    await laylas.opens("Pier walk");
    await told(laylas, `${mei} left`);
  });

  await step("a group is deleted only by whoever types its name", async () => {
    const dialog = await about(laylas, "Settings");
    await dialog.getByRole("button", { name: "Delete the group" }).click();
    const ask = laylas.page.getByRole("dialog", { name: "Delete the group?" });
    await isAccessible(laylas.page, "deleting a group");
    const grave = ask.getByRole("button", { name: "Delete for everybody" });
    await ask.getByRole("textbox").fill("Pier");
    assert.ok(await grave.isDisabled());
    await ask.getByRole("textbox").fill("Pier walk");
    await grave.click();
    await laylas.row("Pier walk").waitFor({ state: "detached" });
  });
}
