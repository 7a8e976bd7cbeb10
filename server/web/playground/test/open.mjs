// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import assert from "node:assert/strict";
import { isAccessible, open, play, Screen, ternUrl, until } from "./browser.mjs";

/**
 * Live rooms: made, found by a link, watched without being a member, written in where one may, and
 * closed again. Needs a server in demo mode at TERN_URL.
 */
const run = Date.now().toString(36);
const layla = `layla-${run}`;
const mei = `mei-${run}`;
const noel = `noel-${run}`;
const NAME = "ليلى Layla";
const ROOM = "Harbour cam";
const CREW = "Crew only";
const READ_ONLY = "You watch: only the members of this room write.";

await play(async ({ browser, faults, step }) => {
  const contextOfLayla = await browser.newContext({
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const laylas = new Screen(await open(contextOfLayla, faults, layla), layla);
  const meis = new Screen(await open(await browser.newContext(), faults, mei), mei);

  const link = await making({ step, laylas });
  await watching({ step, laylas, meis, link });
  await writing({ step, laylas, meis });
  await comingBack({ step, laylas, meis });
  await phone({ step, laylas, browser, faults, link });
  await closed({ step, laylas, meis });
});

async function opensRooms(screen) {
  await screen.root.getByRole("button", { name: "Live rooms", exact: true }).click();
  return screen.page.getByRole("dialog", { name: "Live rooms" });
}

async function makes(screen, name, access) {
  const dialog = screen.page.getByRole("dialog", { name: "Live rooms" });
  await dialog.getByLabel("Name of the room").fill(name);
  await dialog.getByLabel("Who may watch").selectOption(access);
  await dialog.getByRole("button", { name: "Make the room" }).click();
  await screen.root.getByRole("heading", { name }).waitFor();
}

/** What is known and done about a room by those who run it. */
async function about(screen) {
  await badge(screen).click();
  const dialog = screen.page.getByRole("dialog", { name: "About this room" });
  await dialog.getByLabel("The link to this room").waitFor();
  return dialog;
}

async function closes(screen) {
  await screen.page.keyboard.press("Escape");
  await screen.page.getByRole("dialog").waitFor({ state: "detached" });
}

/** How many watch, for those who run the room. */
function badge(screen) {
  return screen.root.getByRole("button", { name: /^Live room, / });
}

function standing(screen) {
  return () => screen.root.getByTestId("standing").innerText();
}

async function making({ step, laylas }) {
  let link = "";
  await step("whoever makes rooms has a name and a picture", async () => {
    await laylas.root.getByRole("button", { name: "Your profile" }).click();
    const dialog = laylas.page.getByRole("dialog", { name: "Your profile" });
    await dialog.getByLabel("Name").fill(NAME);
    await dialog.getByRole("button", { name: "Picture of a wave" }).click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("Saved").waitFor();
    await closes(laylas);
  });

  await step("a room is made, and its owner sees how many watch", async () => {
    const dialog = await opensRooms(laylas);
    await dialog.getByLabel("Link or id of a room").fill("no link");
    await dialog.getByRole("alert").getByText("That is no room’s link or id.").waitFor();
    await dialog.getByText("Picture, slow mode, who may do what").click();
    await dialog.getByLabel("Address of a picture").fill(`${ternUrl}/pictures/wave.svg`);
    await isAccessible(laylas.page, "live rooms");
    await makes(laylas, ROOM, "Everybody who has the link");
    const picture = laylas.row(ROOM).locator(`img[src="${ternUrl}/pictures/wave.svg"]`);
    await picture.waitFor();
    await until(() => badge(laylas).textContent(), "Live room, 1 watching", "the owner alone");
  });

  await step("its link is copied", async () => {
    const dialog = await about(laylas);
    await dialog.getByText("Everybody who has the link may watch.").waitFor();
    link = await dialog.getByLabel("The link to this room").inputValue();
    assert.match(link, /#watch=[0-9a-f-]{36}$/);
    await dialog.getByRole("button", { name: "Copy" }).click();
    await dialog.getByText("Copied").waitFor();
    assert.equal(await laylas.page.evaluate(() => navigator.clipboard.readText()), link);
    await isAccessible(laylas.page, "about a room");
    await closes(laylas);
  });
  return link;
}

async function watching({ step, laylas, meis, link }) {
  await step("whoever opens the link watches, and is no member", async () => {
    await laylas.writes("The first boats are in");
    await meis.page.goto(link);
    const dialog = meis.page.getByRole("dialog", { name: "A live room" });
    await dialog.getByLabel("Who watches?").fill(mei);
    await isAccessible(meis.page, "a link to a room");
    await dialog.getByRole("button", { name: "Watch" }).click();
    await meis.root.getByRole("heading", { name: ROOM }).waitFor();
    await meis.shows("The first boats are in");
    await until(standing(meis), "Live · 2 watching", "two watch");
    await until(() => badge(laylas).textContent(), "Live room, 2 watching", "the owner sees two");
    assert.equal(await meis.root.locator(".row").count(), 0, "nothing stands in the list");
    assert.doesNotMatch(meis.page.url(), /watch=/, "a reload asks no second time");
  });

  await step("they see who speaks, whom they have never met, and may report them", async () => {
    const sender = meis.root.getByRole("button", { name: NAME, exact: true });
    await sender.locator("img").waitFor();
    await sender.click();
    const card = meis.page.getByRole("dialog", { name: NAME, exact: true });
    await card.getByRole("button", { name: "Report" }).click();
    const report = meis.page.getByRole("dialog", { name: "Report", exact: true });
    await report.getByRole("radio").first().check();
    await report.getByRole("button", { name: "Send report" }).click();
    await card.getByText("Reported to the moderators").waitFor();
    await closes(meis);
  });

  await step("what is said comes live, and who may only watch is told so", async () => {
    await laylas.writes("Herring, mostly");
    await meis.shows("The first boats are in", "Herring, mostly");
    await meis.root.locator(".composer").getByText(READ_ONLY).waitFor();
    assert.equal(await meis.root.locator(".composer textarea").count(), 0);
    await isAccessible(meis.page, "a room that one watches");
  });
}

async function writing({ step, laylas, meis }) {
  await step("once the owner says so, who watches writes", async () => {
    const dialog = await about(laylas);
    await dialog.getByLabel("Who watches may write, too").check();
    await dialog.getByText("Saved").waitFor();
    await closes(laylas);
    await meis.writes("How many?");
    await laylas.shows("The first boats are in", "Herring, mostly", "How many?");
    await meis.ticked("accepted");
  });

  await step("by the keyboard they change and delete their own, and nobody else’s", async () => {
    await meis.chooses("How many?", "Edit");
    const field = meis.root.getByLabel("Change your message");
    await until(() => field.inputValue(), "How many?", "the text stands in the field");
    await meis.writes("How many tons?");
    await laylas.message("How many tons?").waitFor();
    await meis.message("Herring, mostly").press("Enter");
    const menu = meis.page.getByRole("menu");
    await until(() => menu.getByRole("menuitem").allTextContents(), ["Report"], "of others");
    await isAccessible(meis.page, "what to do with a message of a room");
    await meis.page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    await meis.chooses("How many tons?", "Delete");
    await meis.shows("The first boats are in", "Herring, mostly", "You deleted this message");
    await laylas.shows("The first boats are in", "Herring, mostly", `${mei} deleted this message`);
  });
}

async function comingBack({ step, laylas, meis }) {
  await step("after a lost connection they get what they missed, once and in order", async () => {
    await meis.goes("Offline");
    await until(standing(meis), "Catching up…", "not up to date");
    await laylas.writes("Twelve");
    await laylas.writes("Thirteen now");
    await until(
      () => laylas.ticks().then((ticks) => ticks.every((tick) => tick === "accepted")),
      true,
      "kept",
    );
    await meis.goes("Online");
    const heard = ["The first boats are in", "Herring, mostly", "You deleted this message"];
    await meis.shows(...heard, "Twelve", "Thirteen now");
    await meis.page.reload();
    await meis.shows(...heard, "Twelve", "Thirteen now");
    await until(standing(meis), "Live · 2 watching", "still two");
  });
}

async function phone({ step, laylas, browser, faults, link }) {
  await step("on a phone, from right to left, it fits; and one leaves again", async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await open(context, faults, noel);
    const noels = new Screen(page, noel);
    await page.getByRole("button", { name: "Lay out from right to left" }).click();
    const dialog = await opensRooms(noels);
    await dialog.getByLabel("Link or id of a room").fill(link);
    await dialog.getByRole("button", { name: "Watch" }).click();
    await until(standing(noels), "Live · 3 watching", "three watch");
    await isAccessible(page, "a room on a phone");
    const hidden = await noels.root
      .locator(".conversation-head")
      .evaluate((one) => one.scrollWidth - one.clientWidth);
    assert.equal(hidden, 0, "nothing of the head is hidden at the side");
    await noels.root.getByRole("button", { name: "Leave" }).click();
    await until(() => badge(laylas).textContent(), "Live room, 2 watching", "one has left");
    const again = await opensRooms(noels);
    await again.getByRole("group", { name: "Watched lately" }).getByText(ROOM).click();
    await noels.message("Thirteen now").waitFor();
    await context.close();
  });
}

async function closed({ step, laylas, meis }) {
  let dialog;

  await step("a room with a list lets in whoever is on it", async () => {
    await opensRooms(laylas);
    await makes(laylas, CREW, "Only those on a list");
    dialog = await about(laylas);
    await dialog.getByText("Nobody is on the list yet.").waitFor();
    const link = await dialog.getByLabel("The link to this room").inputValue();
    await meis.root.getByRole("button", { name: "Leave" }).click();
    const rooms = await opensRooms(meis);
    await rooms.getByLabel("Link or id of a room").fill(link);
    await rooms.getByRole("button", { name: "Watch" }).click();
    const refusal = "There is no such room, or it is not open to you.";
    await meis.root.getByRole("alert").getByText(refusal).waitFor();
    await isAccessible(meis.page, "a room that is not open");
    await dialog.getByLabel("Who may watch, too").fill(mei);
    await dialog.getByRole("button", { name: "Let in" }).click();
    await dialog.locator(`[data-listed="${mei}"]`).waitFor();
    await isAccessible(laylas.page, "who may watch");
    await meis.root.getByRole("button", { name: "Try again" }).click();
    await meis.root.getByRole("heading", { name: CREW }).waitFor();
    await meis.root.getByText("Nothing has been said here yet.").waitFor();
  });

  await step("and sends away whoever is taken off it, with a reason", async () => {
    await dialog.getByRole("button", { name: `Take off ${mei}` }).click();
    const reason = "You may not watch this room any longer, or it is gone.";
    await meis.root.getByRole("alert").getByText(reason).waitFor();
    assert.equal(await meis.root.getByTestId("standing").innerText(), "Not watching");
    await closes(laylas);
  });
}
