// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { vi } from "vitest";
import { type ClientOptions, TernClient } from "../../src/client.js";
import type { Conversation } from "../../src/conversation.js";
import type { FakeServer } from "./fakeServer.js";

/** A client of that user, not connected yet. */
export function clientOf(
  server: FakeServer,
  userId: string,
  options: Partial<ClientOptions> = {},
): TernClient {
  return new TernClient({
    url: "ws://fake/v1/ws",
    getToken: () => Promise.resolve(`token-of-${userId}`),
    deviceId: `device-of-${userId}`,
    webSocket: server.socketConstructor(),
    random: () => 0.5,
    ...options,
  });
}

/** Connects and lets everything settle that needs no time to pass. */
export async function connected(client: TernClient): Promise<TernClient> {
  client.connect();
  await settle();
  return client;
}

/** Lets all frames under way arrive. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
  await vi.advanceTimersByTimeAsync(0);
}

/** Watches a conversation, so that it is kept up to date. */
export async function watched(client: TernClient, conversationId: string): Promise<Conversation> {
  const conversation = client.conversation(conversationId);
  conversation.subscribe(() => undefined);
  await settle();
  return conversation;
}

/** The texts as they stand in the conversation. */
export function textsOf(conversation: Conversation): string[] {
  return conversation.state.messages.map(({ content }) =>
    content.type === "text" ? content.text : content.type,
  );
}

export function ticksOf(conversation: Conversation): (string | undefined)[] {
  return conversation.state.messages.map(({ tick }) => tick);
}
