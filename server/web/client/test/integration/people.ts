// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { afterEach, expect } from "vitest";
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

export interface Person {
  readonly client: TernClient;
  /** Kills the socket as a lost network does. */
  readonly cut: () => void;
}

/** A person of this run, connected. */
export async function person(name: string): Promise<Person> {
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

/** Waits until something is so, ten seconds at most. */
export async function until(isTrue: () => boolean): Promise<void> {
  await expect.poll(isTrue, { timeout: 10_000, interval: 20 }).toBe(true);
}

/** Waits until exactly these texts stand there. */
export async function shows(conversation: Conversation, ...texts: string[]): Promise<void> {
  await expect.poll(() => textsOf(conversation), { timeout: 10_000, interval: 20 }).toEqual(texts);
}

export function textsOf(conversation: Conversation): string[] {
  return conversation.state.messages.flatMap(({ content }) =>
    content.type === "text" ? [content.text] : [],
  );
}

/** Keeps a conversation up to date. */
export function watched(conversation: Conversation): Conversation {
  conversation.subscribe(() => undefined);
  return conversation;
}

/** Lets everybody go after each test. */
export function goodbyeAfterEach(): void {
  afterEach(() => {
    for (const client of clients.splice(0)) {
      client.disconnect();
    }
  });
}
