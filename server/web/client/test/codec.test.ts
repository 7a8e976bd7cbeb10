// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { describe, expect, it } from "vitest";
import { messageFrom } from "../src/fromWire.js";
import { ClientFrame } from "../src/gen/tern/v1/frame.js";
import { Message as WireMessage } from "../src/gen/tern/v1/message.js";
import type { Message, SendableContent } from "../src/model.js";
import { newMessage } from "../src/newMessage.js";
import { VERSION, webStorage } from "../src/storage.js";
import { sendMessageToWire } from "../src/toWire.js";
import { randomUuid } from "../src/uuid.js";

const CONTENTS: SendableContent[] = [
  { type: "text", text: "سلام 你好 👋🏽" },
  {
    type: "card",
    title: "Order",
    text: "Ready?",
    imageUrl: "",
    buttons: [
      { id: "a", label: "Yes", value: "yes" },
      { id: "b", label: "See", url: "https://example.com" },
      { id: "c", label: "No" },
    ],
  },
  { type: "attachments", attachments: [], caption: "none" },
  { type: "custom", kind: "poll", json: "{}" },
  { type: "encrypted", scheme: "mls", ciphertext: new Uint8Array([0, 1, 255]) },
];

function message(content: SendableContent): Message {
  return newMessage("alice", content, {
    mentions: { userIds: ["bob"], everyone: false },
    urgent: true,
    replyTo: 2 ** 52,
    metadata: { a: "1" },
  });
}

describe("codec", () => {
  it.each(CONTENTS)("bringsBackEveryContent %#", (content) => {
    const sent = sendMessageToWire("room", message(content));
    const frame = ClientFrame.decode(
      ClientFrame.encode({ id: 7, frame: { $case: "sendMessage", value: sent } }).finish(),
    );
    const kept = frame.frame?.$case === "sendMessage" ? frame.frame.value : undefined;
    const received = WireMessage.decode(
      WireMessage.encode({
        ...message(content),
        mentions: kept?.mentions,
        metadata: kept?.metadata ?? {},
        content: kept?.content,
        reactions: [],
        ownReactions: [],
        forwarded: undefined,
      }).finish(),
    );

    expect(messageFrom(received)).toMatchObject({
      content,
      mentions: { userIds: ["bob"], everyone: false },
      replyTo: 2 ** 52,
      urgent: true,
      metadata: { a: "1" },
    });
  });

  it("ignoresAFrameOfALaterVersion", () => {
    const laterCase = new Uint8Array([0x08, 0x05, 0xfa, 0x3f, 0x02, 0x08, 0x01]);

    expect(ClientFrame.decode(laterCase)).toEqual({ id: 5, frame: undefined });
  });

  it("storageBringsBytesBack", async () => {
    const kept = new Map<string, string>();
    const storage = webStorage("state", {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    });
    const encrypted = message({
      type: "encrypted",
      scheme: "mls",
      ciphertext: new Uint8Array([1, 2, 3]),
    });
    const state = {
      version: VERSION,
      userId: "alice",
      inboxCursor: "c",
      editWindowMs: 0,
      badge: 0,
      entries: [],
      conversations: [],
      outgoing: [{ conversationId: "room", message: encrypted }],
      changes: [],
      unconfirmedReads: [],
      knowsArchive: false,
      drafts: [],
      refusedEdits: [],
      profiles: [],
    } as const;

    await storage.save(state);

    expect(await storage.load()).toEqual(state);
  });

  it("uuidsAreRandomOfVersionFour", () => {
    const uuids = Array.from({ length: 100 }, randomUuid);

    expect(new Set(uuids).size).toBe(100);
    expect(uuids.every((uuid) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid))).toBe(
      true,
    );
    expect(uuids.every((uuid) => uuid[14] === "4" && "89ab".includes(uuid[19] ?? ""))).toBe(true);
  });
});
