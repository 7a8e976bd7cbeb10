// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { join } from "node:path";
import { clientOf, launch, open, Screen, until } from "./browser.mjs";

/** Takes README's pictures. Needs a fresh server in demo mode at TERN_URL: the names are plain. */
const folder = join(import.meta.dirname, "../screenshots");
const PLACE = { locale: "en-GB", timezoneId: "Asia/Tokyo" };
const faults = [];
const clients = new Map();

/** Writes one after the other, so that the order is the one of the script. */
async function talk(conversationId, ...lines) {
  for (const [userId, text] of lines) {
    const conversation = clients.get(userId).conversation(conversationId);
    conversation.subscribe(() => undefined);
    conversation.send(text);
    const isKept = () =>
      conversation.state.messages.some(
        ({ content, sequence }) => content.text === text && sequence > 0,
      );
    await until(isKept, true, `“${text}” is kept`);
    conversation.markRead();
  }
}

async function between(one, other) {
  return (await clients.get(one).openDirect(other)).conversationId;
}

/** What happened before the pictures. */
async function prepare() {
  for (const userId of ["alice", "bob", "layla", "mei", "omar", "zoe"]) {
    clients.set(userId, await clientOf(userId));
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
  const walk = await clients
    .get("alice")
    .createGroup("Harbour walk", ["bob", "layla", "mei"], { historyVisibility: "start" });
  await talk(
    walk.conversationId,
    ["alice", "Saturday at nine, by the lighthouse?"],
    ["layla", "أنا قادمة، وسأحضر القهوة ☕"],
    ["mei", "我带相机 📷"],
  );
  await talk(
    await between("alice", "bob"),
    ["alice", "Did you see them? The terns are back at the harbour."],
    ["bob", "This morning! Dozens of them."],
    ["bob", "قال لي جدي إنها تعود كل ربيع إلى العش نفسه"],
    ["alice", "Pole to pole and back, every single year."],
    ["bob", "他们总能找到回家的路"],
    ["alice", "🐦"],
  );
  const family = await between("layla", "omar");
  await talk(
    family,
    ["layla", "صباح الخير يا عمر ☀️"],
    ["omar", "صباح النور! كيف كانت الرحلة؟"],
    ["layla", "جميلة جدًا. وصلنا إلى الميناء عند الفجر، ورأينا مئات الطيور تحلّق فوق الماء."],
    ["omar", "ما شاء الله! هل التقطتِ صورًا؟"],
    ["layla", "كثيرة 📷 سأرسلها إليك من Wi‑Fi الفندق"],
    ["omar", "في انتظارها"],
    ["layla", "وأحضرتُ لك شيئًا من السوق 🎁"],
    ["omar", "😍"],
  );
  await talk(await between("zoe", "layla"), ["zoe", "Call me when you land?"]);
  for (const client of clients.values()) {
    client.disconnect();
  }
}

/** Every movement has ended, and nothing has the focus. */
async function still(page) {
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
}

async function twoPeople(browser) {
  const context = await browser.newContext({ ...PLACE, viewport: { width: 1360, height: 840 } });
  const page = await open(context, faults, "alice", "bob");
  const alice = new Screen(page, "alice");
  const bob = new Screen(page, "bob");
  await alice.opens("bob");
  await bob.opens("alice");
  await alice.writes("Shall we go and count them on Saturday?");
  await alice.ticked("read", "read", "read", "read");
  await bob.types("Count me in");
  await alice.root.locator(".conversation .typing").waitFor();
  await still(page);
  await page.screenshot({ path: join(folder, "two-people.png") });
  await context.close();
}

async function offline(browser) {
  const context = await browser.newContext({ ...PLACE, viewport: { width: 1360, height: 840 } });
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
  await page.getByRole("button", { name: "Use the dark theme" }).click();
  await alice.opens("bob");
  await bob.opens("Harbour walk");
  await alice.goes("Offline");
  await bob.badge(0);
  isCut = true;
  const alone = await browser.newContext();
  const elsewhere = await open(alone, faults, "alice");
  await new Screen(elsewhere, "alice").opens("bob");
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

async function phone(browser) {
  const context = await browser.newContext({
    ...PLACE,
    viewport: { width: 390, height: 780 },
    deviceScaleFactor: 2,
  });
  const page = await open(context, faults, "omar", "layla");
  const omar = new Screen(page, "omar");
  await omar.opens("layla");
  await until(async () => (await omar.texts()).length, 8, "all messages");
  await still(page);
  await page.screenshot({ path: join(folder, "phone.png") });
  await context.close();
}

const browser = await launch();
try {
  await prepare();
  await twoPeople(browser);
  await offline(browser);
  await phone(browser);
} finally {
  await browser.close();
}
