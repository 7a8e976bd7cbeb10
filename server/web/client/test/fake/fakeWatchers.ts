// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { WatchRules } from "../../src/gen/tern/v1/conversation.js";
import type { ClientFrame } from "../../src/gen/tern/v1/frame.js";
import type { CatchUpPage, Position } from "../../src/gen/tern/v1/catch_up.js";
import type { FakeConversation } from "./fakeConversation.js";
import type { FakeServer, FakeSession } from "./fakeServer.js";

type Payload = NonNullable<ClientFrame["frame"]>;
type Request = Extract<Payload, { $case: "watchConversation" | "unwatchConversation" }>;

/** More changes than these begin anew. */
const MOST_BEHIND = 100;
const NOT_FOUND = 3;

/** Who watches which conversation of the fake server. */
export class FakeWatchers {
  /** OPEN conversations and how they are watched. */
  readonly rules = new Map<string, WatchRules>();
  /** Users who may not watch. */
  readonly barred = new Set<string>();
  readonly #sessions = new Map<string, Set<FakeSession>>();

  has(conversationId: string, session: FakeSession): boolean {
    return this.of(conversationId).has(session);
  }

  of(conversationId: string): Set<FakeSession> {
    const known = this.#sessions.get(conversationId) ?? new Set();
    this.#sessions.set(conversationId, known);
    return known;
  }

  leaveAll(session: FakeSession): void {
    for (const sessions of this.#sessions.values()) {
      sessions.delete(session);
    }
  }
}

/** Makes a conversation OPEN, for everybody who is not barred. */
export function makeOpen(
  { watchers }: FakeServer,
  { conversationId }: FakeConversation,
  watchersPost = false,
): void {
  watchers.rules.set(conversationId, { access: 1, grant: "", watchersPost });
}

/** Tells all who watch how many they are. */
export function tellCount({ watchers }: FakeServer, conversationId: string, count: number): void {
  for (const session of watchers.of(conversationId)) {
    session.send({ $case: "watcherCount", value: { conversationId, watchers: count } });
  }
}

/** Bars a user, who is sent away. */
export function bar({ watchers }: FakeServer, conversationId: string, userId: string): void {
  watchers.barred.add(userId);
  const sessions = watchers.of(conversationId);
  for (const session of [...sessions].filter((one) => one.userId === userId)) {
    sessions.delete(session);
    session.send({ $case: "unwatched", value: { conversationId } });
  }
}

/** What somebody who has read too slowly gets, at any time. */
export function beginAnew(server: FakeServer, conversation: FakeConversation): void {
  for (const session of server.watchers.of(conversation.conversationId)) {
    const value = pageOf(server, conversation, undefined);
    session.send({ $case: "catchUpPage", value });
  }
}

/** Lets somebody watch, or go, as the protocol says. */
export function answerToWatch(
  server: FakeServer,
  session: FakeSession,
  frame: Request,
  id: number,
): void {
  const { conversationId } = frame.value;
  const { watchers } = server;
  if (frame.$case === "unwatchConversation") {
    watchers.of(conversationId).delete(session);
    session.send({ $case: "unwatched", value: { conversationId } }, id);
    return;
  }
  const conversation = server.conversations.get(conversationId);
  const mayWatch = watchers.rules.has(conversationId) && !watchers.barred.has(session.userId);
  if (conversation === undefined || !mayWatch) {
    server.fail(session, id, NOT_FOUND);
    return;
  }
  watchers.of(conversationId).add(session);
  const { position } = frame.value;
  const pageFollows = position?.epoch !== server.epoch || position.revision < conversation.revision;
  const count = watchers.of(conversationId).size;
  session.send({ $case: "watching", value: { conversationId, watchers: count, pageFollows } }, id);
  if (pageFollows) {
    session.send({ $case: "catchUpPage", value: pageOf(server, conversation, position) });
  }
}

/** One page, whatever the number of changes: the newest fifty, or what happened since. */
export function pageOf(
  server: FakeServer,
  conversation: FakeConversation,
  position: Position | undefined,
): CatchUpPage {
  const isFar = position !== undefined && conversation.revision - position.revision > MOST_BEHIND;
  const pages = conversation.catchUp("", isFar ? undefined : position, server.epoch);
  const [first, last] = [pages[0], pages.at(-1)];
  if (first?.changes === undefined || last?.changes === undefined) {
    throw new Error("no page");
  }
  const rules = server.watchers.rules.get(conversation.conversationId);
  const details = first.changes.conversation;
  const changes = {
    ...first.changes,
    through: last.changes.through,
    conversation: details && { ...details, kind: 4 as const, watching: rules },
    messages: pages.flatMap((page) => page.changes?.messages ?? []),
  };
  return { ...first, changes, live: true, markers: [] };
}
