// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { join } from "node:path";
import { clientOf, launch, open, Screen, ternUrl, until } from "./browser.mjs";

/** Takes README's pictures. Needs a fresh server in demo mode at TERN_URL: the names are plain. */
const folder = join(import.meta.dirname, "../screenshots");
const PLACE = { locale: "en-GB", timezoneId: "Asia/Tokyo" };
const FERRY = {
  type: "card",
  title: "Ferry to the bird island",
  text: "Saturday, 10:15. Four seats are held for us.",
  imageUrl: "",
  buttons: [
    { id: "take", label: "Take a seat", value: "1", once: true },
    { id: "later", label: "The next one", value: "2", once: true },
  ],
};
/** What people are called, and their picture where they have one. */
const PROFILES = {
  alice: ["Alice", "wave"],
  bob: ["Bob", "sun"],
  layla: ["ليلى", "moon"],
  mei: ["小梅", "leaf"],
  omar: ["عمر", "hill"],
  zoe: ["Zoe"],
};
const faults = [];
const clients = new Map();

/** Writes one after the other, so that the order is the one of the script. */
async function talk(conversationId, ...lines) {
  for (const [userId, text, headers] of lines) {
    const conversation = clients.get(userId).conversation(conversationId);
    conversation.subscribe(() => undefined);
    await until(() => conversation.state.isLoaded, true, `${userId} has the conversation`);
    const replyTo = headers?.answers ? said(conversationId, headers.answers)[1] : 0;
    conversation.send(text, { replyTo, ...(headers?.calls && { mentions: headers.calls }) });
    const words = text.text ?? text;
    await until(() => said(conversationId, words)[0], userId, `“${words}” is kept`);
    conversation.markRead();
  }
}

/** Who said it, and its sequence. */
function said(conversationId, text) {
  for (const client of clients.values()) {
    const { messages } = client.conversation(conversationId).state;
    const found = messages.find(({ content, sequence }) => content.text === text && sequence > 0);
    if (found !== undefined) {
      return [found.senderId, found.sequence];
    }
  }
  return [];
}

/** Whoever stands before an emoji reacts with it. */
async function react(conversationId, text, reactions) {
  const [, sequence] = said(conversationId, text);
  for (const [userId, ...signs] of reactions) {
    for (const sign of signs) {
      await clients.get(userId).conversation(conversationId).react(sequence, sign);
    }
  }
}

/** They have read all of it. */
async function read(conversationId, ...userIds) {
  for (const userId of userIds) {
    const client = clients.get(userId);
    const conversation = client.conversation(conversationId);
    conversation.markRead();
    const unread = () =>
      client.inbox.entries.find((entry) => entry.conversation.conversationId === conversationId)
        ?.unread;
    await until(unread, 0, `${userId} has read`);
  }
}

async function between(one, other) {
  return (await clients.get(one).openDirect(other)).conversationId;
}

/** What happened before the pictures. */
async function prepare() {
  for (const [userId, [name, picture]] of Object.entries(PROFILES)) {
    const client = await clientOf(userId);
    const imageUrl = picture === undefined ? "" : `${ternUrl}/pictures/${picture}.svg`;
    await client.people.updateProfile({ name, imageUrl });
    clients.set(userId, client);
  }
  await talk(
    await between("mei", "alice"),
    ["mei", "周末去看海吗？🌊"],
    ["alice", "好啊！星期六早上？"],
    ["mei", "九点，老地方见"],
  );
  await talk(
    await between("zoe", "bob"),
    ["zoe", "The tickets came 🎟️"],
    ["bob", "Brilliant, thank you!"],
  );
  await direct(await between("alice", "bob"));
  await group();
  await family(await between("layla", "omar"));
  await talk(await between("zoe", "layla"), ["zoe", "Call me when you land?"]);
  for (const client of clients.values()) {
    client.disconnect();
  }
}

async function direct(conversationId) {
  await talk(
    conversationId,
    ["alice", "Did you see them? The terns are back at the harbour."],
    ["bob", "This morning! Dozens of them."],
    ["bob", "قال لي جدي إنها تعود كل ربيع إلى العش نفسه"],
    ["alice", "Pole to pole and back, every single year."],
    ["bob", "他们总能找到回家的路", { answers: "Pole to pole and back, every single year." }],
    ["alice", "🐦"],
  );
  await react(conversationId, "This morning! Dozens of them.", [["alice", "😮"]]);
  await react(conversationId, "🐦", [["bob", "❤️"]]);
  await read(conversationId, "alice", "bob");
}

async function group() {
  const alice = clients.get("alice");
  const { conversationId } = await alice.createGroup("Harbour walk", ["bob", "layla", "mei"], {
    historyVisibility: "start",
    imageUrl: `${ternUrl}/pictures/tern.svg`,
  });
  await alice.group(conversationId).setRole("mei", "moderator");
  const when = "Saturday at half past nine?";
  await talk(
    conversationId,
    ["alice", "Saturday at nine?"],
    ["layla", "أنا قادمة، وسأحضر القهوة ☕"],
    ["mei", "@alice 长焦镜头你带吗？📷", { calls: { userIds: ["alice"], everyone: false } }],
    ["alice", "Packed already 🔭", { answers: "@alice 长焦镜头你带吗？📷" }],
    ["bob", "The whole colony is back, I counted sixty."],
    ["mei", FERRY],
    ["layla", "@everyone bring a jacket, it is windy", { calls: { userIds: [], everyone: true } }],
  );
  const [, first] = said(conversationId, "Saturday at nine?");
  await alice.conversation(conversationId).edit(first, when);
  await alice.conversation(conversationId).pin(first);
  await until(() => said(conversationId, when)[0], "alice", "the edit");
  await react(conversationId, when, [
    ["bob", "👍"],
    ["layla", "👍"],
    ["mei", "👍", "🎉"],
  ]);
  await react(conversationId, "أنا قادمة، وسأحضر القهوة ☕", [
    ["alice", "❤️"],
    ["bob", "❤️"],
  ]);
  await react(conversationId, "The whole colony is back, I counted sixty.", [
    ["alice", "😮"],
    ["mei", "😮", "🐦"],
  ]);
  await read(conversationId, "alice", "bob", "layla", "mei");
}

async function family(conversationId) {
  const arrived = "جميلة جدًا. وصلنا إلى الميناء عند الفجر، ورأينا مئات الطيور تحلّق فوق الماء.";
  await talk(
    conversationId,
    ["layla", "صباح الخير يا عمر ☀️"],
    ["omar", "صباح النور! كيف كانت الرحلة؟"],
    ["layla", arrived],
    ["omar", "ما شاء الله! هل التقطتِ صورًا؟", { answers: arrived }],
    ["layla", "كثيرة 📷 سأرسلها إليك من Wi‑Fi الفندق"],
    ["layla", "@omar موعدنا غدًا في الثامنة", { calls: { userIds: ["omar"], everyone: false } }],
  );
  await react(conversationId, arrived, [
    ["omar", "😍"],
    ["layla", "🌊"],
  ]);
  const omars = clients.get("omar").conversation(conversationId);
  await read(conversationId, "omar", "layla");
  await omars.pin(said(conversationId, "@omar موعدنا غدًا في الثامنة")[1]);
}

/** Every movement has ended, and nothing has the focus. */
async function still(page) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect.getTiming().iterations !== Infinity);
    await Promise.all(ending.map((one) => one.finished.catch(() => undefined)));
  });
}

async function twoPeople(browser) {
  const context = await browser.newContext({ ...PLACE, viewport: { width: 1280, height: 800 } });
  const page = await open(context, faults, "alice", "bob");
  const alice = new Screen(page, "alice");
  const bob = new Screen(page, "bob");
  await alice.opens("Harbour walk");
  await bob.opens("Harbour walk");
  await bob.chooses("bring a jacket", "Reply");
  await bob.types("I have a spare one, @la");
  await page.getByRole("option", { name: "ليلى" }).waitFor();
  await alice.root.locator(".conversation .typing").waitFor();
  await still(page);
  await page.screenshot({ path: join(folder, "two-people.png") });
  await context.close();
}

async function dark(browser) {
  const context = await browser.newContext({
    ...PLACE,
    colorScheme: "dark",
    viewport: { width: 1280, height: 800 },
  });
  const page = await open(context, faults, "alice", "bob");
  const alice = new Screen(page, "alice");
  const bob = new Screen(page, "bob");
  await alice.opens("Harbour walk");
  await bob.opens("Harbour walk");
  await bob.chooses("The whole colony", "Edit");
  await bob.root.getByLabel("Text of the message").fill("The whole colony is back, all sixty");
  await alice.message("Packed already").press("Enter");
  await page.getByRole("menu").waitFor();
  await still(page);
  await page.screenshot({ path: join(folder, "dark.png") });
  await context.close();
}

async function offline(browser) {
  const context = await browser.newContext({ ...PLACE, viewport: { width: 1280, height: 760 } });
  let isCut = false;
  const sockets = [];
  await context.routeWebSocket(/\/v1\/ws/, (socket) => {
    if (isCut) {
      void socket.close({ code: 4004 });
      return;
    }
    sockets.push(socket);
    socket.connectToServer();
  });
  const page = await open(context, faults, "alice", "bob");
  const alice = new Screen(page, "alice");
  const bob = new Screen(page, "bob");
  await alice.opens("Bob");
  await bob.opens("Harbour walk");
  await alice.goes("Offline");
  await bob.badge(0);
  isCut = true;
  const alone = await browser.newContext();
  const elsewhere = await open(alone, faults, "alice");
  await new Screen(elsewhere, "alice").opens("Bob");
  await new Screen(elsewhere, "alice").writes("I am on the early train 🚆");
  await new Screen(elsewhere, "alice").writes("Keep me a seat by the window");
  await bob.badge(2);
  await alone.close();
  await alice.writes("In the tunnel now, this one waits for the light");
  await bob.root.locator(".row", { hasText: "Harbour walk" }).waitFor();
  await Promise.all(sockets.map((socket) => socket.close({ code: 4004 })));
  await bob.root.locator(".banner-warm").waitFor();
  await bob.writes("I’ll be there, whatever the network does");
  await until(
    async () => (await bob.root.locator(".countdown").textContent()) > " in 3",
    true,
    "a countdown",
    60_000,
  );
  await still(page);
  await page.screenshot({ path: join(folder, "offline.png") });
  await context.close();
}

/** Bob has put his phone away, and looks at what has lit it. */
async function lockScreens(browser) {
  const context = await browser.newContext({ ...PLACE, viewport: { width: 1280, height: 800 } });
  const page = await open(context, faults, "alice", "bob");
  const alice = new Screen(page, "alice");
  const bob = new Screen(page, "bob");
  await alice.opens("Bob");
  await bob.opens("Harbour walk");
  await bob.goes("Offline");
  await alice.writes("Are you on your way?");
  const banners = () => bob.root.locator(".lock-banner").count();
  await until(banners, 1, "a banner", 30_000);
  const zoe = await clientOf("zoe");
  (await zoe.openDirect("bob")).send("The ferry leaves at six 🌅");
  await until(banners, 2, "another", 30_000);
  await still(page);
  await page.screenshot({ path: join(folder, "lock-screens.png") });
  zoe.disconnect();
  await context.close();
}

/** In Arabic from right to left: a conversation, and what is found by a word. */
async function arabic(browser) {
  const context = await browser.newContext({ ...PLACE, viewport: { width: 1280, height: 800 } });
  const page = await open(context, faults, "layla", "omar");
  const layla = new Screen(page, "layla");
  const omar = new Screen(page, "omar");
  await page.getByRole("button", { name: "Lay out from right to left" }).click();
  await layla.opens("عمر");
  await omar.opens("ليلى");
  const field = omar.root.getByRole("combobox", { name: "Search all conversations" });
  await field.fill("الميناء");
  await omar.root.locator(".hit mark").first().waitFor();
  await still(page);
  await page.screenshot({ path: join(folder, "arabic.png") });
  await context.close();
}

async function members(browser) {
  const present = await Promise.all(["bob", "layla"].map(clientOf));
  const context = await browser.newContext({
    ...PLACE,
    colorScheme: "dark",
    viewport: { width: 390, height: 780 },
    deviceScaleFactor: 2,
  });
  const page = await open(context, faults, "alice");
  const alice = new Screen(page, "alice");
  await alice.opens("Harbour walk");
  await alice.root.getByRole("button", { name: "Members" }).click();
  await page.getByRole("dialog").getByText("Online").nth(1).waitFor();
  await still(page);
  await page.screenshot({ path: join(folder, "members.png") });
  for (const client of present) {
    client.disconnect();
  }
  await context.close();
}

async function phone(browser) {
  const context = await browser.newContext({
    ...PLACE,
    viewport: { width: 390, height: 780 },
    deviceScaleFactor: 2,
  });
  const page = await open(context, faults, "omar", "layla");
  const omar = new Screen(page, "omar");
  await page.getByRole("button", { name: "Lay out from right to left" }).click();
  await omar.opens("ليلى");
  await until(async () => (await omar.texts()).length, 6, "all messages");
  await still(page);
  await page.screenshot({ path: join(folder, "phone.png") });
  await context.close();
}

const browser = await launch();
try {
  await prepare();
  await twoPeople(browser);
  await dark(browser);
  await offline(browser);
  await phone(browser);
  await arabic(browser);
  await members(browser);
  await lockScreens(browser);
} finally {
  await browser.close();
}
