// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Message, OutgoingMessage, Tick, TimelineMessage } from "./model.js";
import type { Timeline } from "./timeline.js";

/** The messages as they are shown: one's own with their ticks, those under way at the end. */
export class TimelineView {
  readonly #timeline: Timeline;
  /** What was shown last, so that a message that did not change stays the same object. */
  readonly #shown = new WeakMap<Message, TimelineMessage>();

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  messages(
    userId: string,
    accepted: readonly Message[],
    outgoing: readonly OutgoingMessage[],
  ): readonly TimelineMessage[] {
    const heard = this.#reachOfOthers(userId);
    const kept = [...this.#timeline.messages, ...accepted].map((message) =>
      message.senderId === userId && message.content.type !== "system"
        ? this.#show(message, tickOf(message.sequence, heard))
        : message,
    );
    const underWay = outgoing.map(({ message, error }) =>
      this.#show(message, error === undefined ? "pending" : "failed", error),
    );
    return [...kept, ...underWay];
  }

  #show(message: Message, tick: Tick, error?: string): TimelineMessage {
    const known = this.#shown.get(message);
    if (known?.tick === tick && known.error === error) {
      return known;
    }
    const shown = { ...message, tick, ...(error !== undefined && { error }) };
    this.#shown.set(message, shown);
    return shown;
  }

  /** Up to where all other members have received and read. */
  #reachOfOthers(userId: string): { delivered: number; read: number } {
    const others = [...this.#timeline.members.keys()].filter((member) => member !== userId);
    if (others.length === 0) {
      return { delivered: 0, read: 0 };
    }
    const markers = others.map((member) => this.#timeline.markers.get(member));
    return {
      delivered: Math.min(...markers.map((marker) => marker?.delivered ?? 0)),
      read: Math.min(...markers.map((marker) => marker?.read ?? 0)),
    };
  }
}

function tickOf(sequence: number, heard: { delivered: number; read: number }): Tick {
  if (sequence <= heard.read) {
    return "read";
  }
  return sequence <= heard.delivered ? "delivered" : "accepted";
}
