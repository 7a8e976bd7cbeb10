// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { InboxState } from "@tern/client";
import { describe, expect, it } from "vitest";
import { deviceNameOf, stepsOf, wordingOf } from "../src/lock/deliveryRecord.js";
import { dismissed, NOTHING, pushed, restored, used } from "../src/lock/lockScreen.js";
import type { DemoPush } from "../src/lock/pushStream.js";

function push(conversationId: string, sequence: number, others: Partial<DemoPush> = {}): DemoPush {
  const words = { title: conversationId, text: `no. ${sequence}`, audible: true };
  return { address: "aa", conversationId, sequence, badge: sequence, ...words, ...others };
}

function clear(conversationId: string, sequence: number, badge: number): DemoPush {
  return { address: "aa", conversationId, sequence, badge, clear: true };
}

function after(...pushes: DemoPush[]): typeof NOTHING {
  return pushes.reduce((screen, one, index) => pushed(screen, one, 1_000 + index), NOTHING);
}

describe("a lock screen", () => {
  it("shows one banner for each conversation, and the newest badge", () => {
    const screen = after(push("mei", 1), push("omar", 1), push("mei", 2));

    expect(screen.badge).toBe(2);
    expect(screen.banners.map(({ text }) => text)).toEqual(["no. 2", "no. 1"]);
  });

  it("changes a banner's words where it stands when nothing is to be heard", () => {
    const screen = after(push("mei", 1), push("omar", 1), push("mei", 2, { audible: false }));

    expect(screen.banners.map(({ conversationId }) => conversationId)).toEqual(["omar", "mei"]);
    expect(screen.banners[1]).toMatchObject({ text: "no. 2", rings: 1 });
  });

  it("rings again for an audible one", () => {
    expect(after(push("mei", 1), push("mei", 2)).banners[0]).toMatchObject({ rings: 2 });
  });

  it("loses the banner of what was read elsewhere, and takes over the badge", () => {
    const screen = after(push("mei", 1), push("omar", 4), clear("mei", 1, 1));

    expect(screen.badge).toBe(1);
    expect(screen.banners.map(({ conversationId }) => conversationId)).toEqual(["omar"]);
  });

  it("keeps the banner of what is newer than what was read", () => {
    expect(after(push("mei", 5), clear("mei", 4, 1)).banners).toHaveLength(1);
  });

  it("keeps the badge when a banner is swiped away", () => {
    const screen = after(push("mei", 3));

    const [banner] = screen.banners;

    expect(banner && dismissed(screen, banner)).toEqual({ badge: 3, banners: [] });
  });

  it("follows the app's own count while that is in use", () => {
    const entry = (id: string, unread: number): unknown => ({
      ...{ unread, conversation: { conversationId: id } },
    });
    const entries = [entry("mei", 0), entry("omar", 2)];
    const inbox = { entries, archived: [], badge: 2, isLoaded: true } as unknown as InboxState;

    const screen = used(after(push("mei", 1), push("omar", 7)), inbox);

    expect(screen.badge).toBe(2);
    expect(screen.banners.map(({ conversationId }) => conversationId)).toEqual(["omar"]);
    expect(used(screen, inbox)).toBe(screen);
  });

  it("is empty when what was kept cannot be read", () => {
    const screen = after(push("mei", 1));

    expect(restored(JSON.stringify(screen))).toEqual(screen);
    for (const text of [null, "", "{", "7", "null", "{}"]) {
      expect(restored(text)).toEqual(NOTHING);
    }
  });
});

describe("why there was no push", () => {
  const record = { userId: "mei", deviceId: "playground-12ab-tablet", outcome: "accepted" };
  const timeOf = (ms: number): string => `[${ms}]`;

  it("names the page's own devices", () => {
    expect(deviceNameOf(record)).toBe("Tablet");
    expect(deviceNameOf({ ...record, deviceId: "playground-12ab" })).toBe("Phone");
    expect(deviceNameOf({ ...record, deviceId: "pixel" })).toBe("pixel");
  });

  it("tells what happened in order", () => {
    const times = { atMs: "1", clearedAtMs: "4", receivedAtMs: "2", openedAtMs: "3" };

    expect(stepsOf({ ...record, ...times }, timeOf)).toEqual([
      "Pushed at [1]",
      "Came to the device at [2]",
      "Tapped at [3]",
      "Read elsewhere, and taken away at [4]",
    ]);
  });

  it("tells when what waits is looked at again", () => {
    const waiting = { ...record, outcome: "waiting", atMs: "5" };

    expect(stepsOf(waiting, timeOf)).toEqual(["Looked at again at [5]"]);
  });

  it("shows a word of the server that it does not know", () => {
    expect(wordingOf({ ...record, outcome: "lost" }).title).toBe("lost");
  });
});
