// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { TimelineMessage } from "@tern/client";
import { describe, expect, it } from "vitest";
import { timelineItems } from "../src/conversation/timelineItems.js";

const NOON = new Date(2026, 10, 22, 12).getTime();
const MINUTE = 60_000;

function message(sequence: number, senderId: string, createdAtMs: number): TimelineMessage {
  return {
    sequence,
    revision: sequence,
    senderId,
    clientMessageId: `id-${sequence}`,
    createdAtMs,
    editedAtMs: 0,
    deletedAtMs: 0,
    deletedById: "",
    pinnedAtMs: 0,
    reactions: [],
    ownReactions: [],
    content: { type: "text", text: String(sequence) },
    mentions: { userIds: [], everyone: false },
    countable: true,
    silent: false,
    urgent: false,
    replyTo: 0,
    metadata: {},
  };
}

describe("timeline", () => {
  it("beginsEachDayWithItsName", () => {
    const messages = [
      message(1, "bob", NOON - 24 * 60 * MINUTE),
      message(2, "bob", NOON),
      message(3, "bob", NOON + MINUTE),
    ];

    const kinds = timelineItems(messages, "alice", undefined).map(({ kind }) => kind);

    expect(kinds).toEqual(["day", "message", "day", "message", "message"]);
  });

  it("drawsTheLineBeforeTheFirstMissedMessageOfAnother", () => {
    const messages = ["bob", "alice", "bob", "bob", "bob"].map((sender, index) =>
      message(index + 1, sender, NOON),
    );

    const items = timelineItems(messages, "alice", { after: 1, through: 4 });

    expect(items.map(({ key }) => key)).toEqual([
      expect.stringMatching(/^day/),
      "bob/id-1",
      "alice/id-2",
      "unread",
      "bob/id-3",
      "bob/id-4",
      "bob/id-5",
    ]);
    expect(items.find(({ kind }) => kind === "unread")).toMatchObject({ count: 2 });
  });

  it("drawsNoLineForWhatComesWhileOneLooks", () => {
    const messages = [message(1, "bob", NOON), message(2, "bob", NOON)];

    const items = timelineItems(messages, "alice", { after: 1, through: 1 });

    expect(items.some(({ kind }) => kind === "unread")).toBe(false);
  });

  it("putsMessagesOfOneSenderTogetherForFiveMinutes", () => {
    const messages = [
      message(1, "bob", NOON),
      message(2, "bob", NOON + 4 * MINUTE),
      message(3, "bob", NOON + 10 * MINUTE),
      message(4, "alice", NOON + 10 * MINUTE),
    ];

    const shapes = timelineItems(messages, "alice", undefined).flatMap((item) =>
      item.kind === "message" ? [[item.isFirst, item.isLast]] : [],
    );

    expect(shapes).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });
});
