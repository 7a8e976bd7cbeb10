// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { afterEach, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { type Conversation, TernClient } from "../../src/index.js";
import { randomUuid } from "../../src/uuid.js";

/** A server in demo mode, such as `./tern test` starts. */
const ternUrl = process.env["TERN_URL"];
if (ternUrl === undefined) {
  throw new Error("TERN_URL: not set (expected: the address of a server in demo mode)");
}
const run = randomUuid().slice(0, 8);
const clients: TernClient[] = [];

async function tokenOf(userId: string): Promise<string> {
  const response = await fetch(`${ternUrl ?? ""}/demo/token`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user_id: userId }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

interface Person {
  readonly client: TernClient;
  /** Kills the socket as a lost network does. */
  readonly cut: () => void;
}

/** A person of this run, connected. */
async function person(name: string): Promise<Person> {
  const userId = `${name}-${run}`;
  const sockets: WebSocket[] = [];
  class Remembered extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  }
  const client = new TernClient({
    url: `${(ternUrl ?? "").replace(/^http/, "ws")}/v1/ws`,
    getToken: () => tokenOf(userId),
    deviceId: `device-of-${userId}`,
    webSocket: Remembered,
  });
  clients.push(client);
  client.connect();
  await until(() => client.connection.phase === "online" && client.inbox.isLoaded);
  return { client, cut: () => sockets.at(-1)?.terminate() };
}

async function until(isTrue: () => boolean): Promise<void> {
  await expect.poll(isTrue, { timeout: 10_000, interval: 20 }).toBe(true);
}

async function shows(conversation: Conversation, ...texts: string[]): Promise<void> {
  await expect.poll(() => textsOf(conversation), { timeout: 10_000, interval: 20 }).toEqual(texts);
}

function textsOf(conversation: Conversation): string[] {
  return conversation.state.messages.flatMap(({ content }) =>
    content.type === "text" ? [content.text] : [],
  );
}

function watched(conversation: Conversation): Conversation {
  conversation.subscribe(() => undefined);
  return conversation;
}

describe("against a real server", () => {
  afterEach(() => {
    for (const client of clients.splice(0)) {
      client.disconnect();
    }
  });

  it("aMessageTravelsAndItsTicksComeBack", async () => {
    const alice = await person("alice-1");
    const bob = await person("bob-1");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    hers.send("مرحبا 你好 👋🏽");
    await until(() => bob.client.inbox.badge === 1);

    const his = watched(bob.client.conversation(hers.conversationId));
    await shows(his, "مرحبا 你好 👋🏽");
    await until(() => hers.state.messages[0]?.tick === "delivered");
    his.markRead();

    await until(() => hers.state.messages[0]?.tick === "read");
    await until(() => bob.client.inbox.badge === 0);
  });

  it("whatWasSaidWhileAwayIsThereInOrderWithItsCount", async () => {
    const alice = await person("alice-2");
    const bob = await person("bob-2");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    hers.send("before");
    const his = watched(bob.client.conversation(hers.conversationId));
    await shows(his, "before");
    his.markRead();
    bob.client.disconnect();

    const texts = Array.from({ length: 30 }, (_, index) => `while away ${index}`);
    texts.forEach((text) => hers.send(text));
    await until(() => hers.state.messages.every(({ tick }) => tick !== "pending"));
    bob.client.connect();

    await shows(his, "before", ...texts);
    await until(() => bob.client.inbox.entries[0]?.unread === 30);
    expect(his.state.messages.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 31 }, (_, index) => index + 1),
    );
  });

  it("nothingIsLostOrDoubledWhileSocketsAreCut", async () => {
    const alice = await person("alice-3");
    const bob = await person("bob-3");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    const texts = Array.from({ length: 60 }, (_, index) => String(index));

    for (const [index, text] of texts.entries()) {
      hers.send(text);
      if (index % 20 === 10) {
        await until(() => textsOf(his).length > index / 2);
        alice.cut();
        bob.cut();
      }
    }

    await shows(his, ...texts);
    await shows(hers, ...texts);
  }, 40_000);

  it("everybodySeesWhoComesAndGoes", async () => {
    const alice = await person("alice-4");
    const bob = await person("bob-4");
    const carol = await person("carol-4");
    const group = watched(await alice.client.createGroup("نزهة", [bob.client.userId]));
    const { conversationId } = group;
    const bobs = watched(bob.client.conversation(conversationId));
    await until(() => bobs.state.isLoaded && bobs.state.members.length === 2);

    await alice.client.addMembers(conversationId, [carol.client.userId]);
    await until(() => bobs.state.members.length === 3);
    await until(() => carol.client.inbox.entries[0]?.conversation.name === "نزهة");
    await alice.client.removeMembers(conversationId, [bob.client.userId]);
    await until(() => bobs.state.isGone && bob.client.inbox.entries.length === 0);
    await carol.client.leave(conversationId);

    await until(() => group.state.members.length === 1);
  });

  it("pagesOfHistoryReachTheFirstMessage", async () => {
    const alice = await person("alice-5");
    const bob = await person("bob-5");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const texts = Array.from({ length: 130 }, (_, index) => String(index));
    texts.forEach((text) => hers.send(text));
    await until(() => hers.state.messages.every(({ tick }) => tick !== "pending"));

    const his = watched(bob.client.conversation(hers.conversationId));
    await until(() => his.state.isLoaded && !his.state.isBehind);
    expect(his.state.hasBefore).toBe(true);
    while (his.state.hasBefore) {
      await his.loadOlder();
    }

    expect(textsOf(his)).toEqual(texts);
  }, 60_000);

  it("typingIsSeenByTheOther", async () => {
    const alice = await person("alice-6");
    const bob = await person("bob-6");
    const hers = watched(await alice.client.openDirect(bob.client.userId));
    const his = watched(bob.client.conversation(hers.conversationId));
    await until(() => his.state.isLoaded);

    hers.setTyping(true);
    await until(() => his.state.typing.includes(alice.client.userId));
    hers.setTyping(false);

    await until(() => his.state.typing.length === 0);
  });

  it("aStrangerLearnsNothing", async () => {
    const alice = await person("alice-7");
    const mallory = await person("mallory-7");
    const hers = watched(await alice.client.createGroup("secret", []));
    hers.send("nobody else");

    const theirs = watched(mallory.client.conversation(hers.conversationId));
    await until(() => theirs.state.isGone);
    theirs.send("let me in");

    await until(() => theirs.state.messages[0]?.tick === "failed");
    expect(theirs.state.messages[0]?.error).toBe("NOT_FOUND");
    await expect(
      mallory.client.addMembers(hers.conversationId, [mallory.client.userId]),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
