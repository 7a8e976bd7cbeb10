// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Message, OutgoingChange, OutgoingMessage, Quote, RefusedEdit } from "./model.js";
import type { QuotedMessage, Tick, TimelineMessage } from "./model.js";
import { withChanges } from "./outgoingChanges.js";
import type { Timeline } from "./timeline.js";

/** What stands beside the timeline: one's own that the server has not told all members of. */
export interface UnderWay {
  readonly accepted: readonly Message[];
  readonly outgoing: readonly OutgoingMessage[];
  readonly changes: readonly OutgoingChange[];
  readonly refused: readonly RefusedEdit[];
}

interface Heard {
  readonly delivered: number;
  readonly read: number;
}

type Marks = Pick<
  TimelineMessage,
  "tick" | "error" | "reason" | "quote" | "unconfirmed" | "refusedEdit"
>;

/** The messages as they are shown: one's own with their ticks, those under way at the end. */
export class TimelineView {
  readonly #timeline: Timeline;
  /** What was shown last, so that a message that did not change stays the same object. */
  readonly #shown = new WeakMap<Message, TimelineMessage>();

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  messages(userId: string, underWay: UnderWay): readonly TimelineMessage[] {
    const { accepted, outgoing, changes, refused } = underWay;
    const heard = this.#reachOfOthers(userId);
    const ofMessage = new Map<number, OutgoingChange[]>();
    for (const change of changes) {
      ofMessage.set(change.sequence, [...(ofMessage.get(change.sequence) ?? []), change]);
    }
    const asChanged = (message: Message): ReturnType<typeof withChanges> =>
      withChanges(message, ofMessage.get(message.sequence) ?? [], userId);
    const { shown, hasAfter } = this.#timeline;
    const kept = [...shown.messages, ...(hasAfter ? [] : accepted)].map((message) => {
      const { message: changed, unconfirmed } = asChanged(message);
      const tick = hasTick(message, userId) ? tickOf(message.sequence, heard) : undefined;
      return this.#show(changed, {
        ...(tick !== undefined && { tick }),
        ...(unconfirmed !== undefined && { unconfirmed }),
        ...refusalOf(message, refused),
        ...this.#quoteOf(message, asChanged),
      });
    });
    const waiting = (hasAfter ? [] : outgoing).map(({ message, error, reason }) =>
      this.#show(message, {
        tick: error === undefined ? "pending" : "failed",
        ...(error !== undefined && { error }),
        ...(reason !== undefined && { reason }),
        ...this.#quoteOf(message, asChanged),
      }),
    );
    return [...kept, ...waiting];
  }

  #quoteOf(
    { replyTo }: Message,
    asChanged: (message: Message) => { readonly message: Message },
  ): { quote?: Quote } {
    if (replyTo === 0) {
      return {};
    }
    const found = this.#timeline.find(replyTo);
    if (found !== undefined) {
      return { quote: { state: "shown", message: asChanged(found).message } };
    }
    const beginning = this.#timeline.excerpts.quoted(replyTo);
    if (beginning !== undefined) {
      return { quote: { state: "shown", message: beginning } };
    }
    const isUnavailable = this.#timeline.excerpts.isUnavailable(replyTo);
    return { quote: { state: isUnavailable ? "unavailable" : "loading" } };
  }

  #show(message: Message, marks: Marks): TimelineMessage {
    const known = this.#shown.get(message);
    if (known !== undefined && areSame(known, marks)) {
      return known;
    }
    const shown = { ...message, ...marks };
    this.#shown.set(message, shown);
    return shown;
  }

  /** Up to where all other members have received and read. */
  #reachOfOthers(userId: string): Heard {
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

function areSame(one: Marks, other: Marks): boolean {
  return (
    one.tick === other.tick &&
    one.error === other.error &&
    one.unconfirmed === other.unconfirmed &&
    one.refusedEdit === other.refusedEdit &&
    one.quote?.state === other.quote?.state &&
    quoted(one) === quoted(other)
  );
}

function refusalOf(
  { sequence, deletedAtMs }: Message,
  refused: readonly RefusedEdit[],
): { refusedEdit?: RefusedEdit } {
  const refusedEdit = refused.find((edit) => edit.sequence === sequence);
  return refusedEdit === undefined || deletedAtMs > 0 ? {} : { refusedEdit };
}

function quoted({ quote }: Marks): QuotedMessage | undefined {
  return quote?.state === "shown" ? quote.message : undefined;
}

function hasTick({ senderId, content, deletedAtMs }: Message, userId: string): boolean {
  return senderId === userId && content.type !== "system" && deletedAtMs === 0;
}

function tickOf(sequence: number, heard: Heard): Tick {
  if (sequence <= heard.read) {
    return "read";
  }
  return sequence <= heard.delivered ? "delivered" : "accepted";
}
