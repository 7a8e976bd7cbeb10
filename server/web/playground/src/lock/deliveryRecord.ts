// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

/** What became of a message on one device, as `/demo/delivery` tells it. */
export interface DeliveryRecord {
  readonly userId: string;
  readonly deviceId: string;
  /** In the server's words, such as "accepted" or "muted". */
  readonly outcome: string;
  /** The push service's own word. */
  readonly reason?: string;
  /** When it was decided or, of what waits, when it is looked at again; in milliseconds. */
  readonly atMs?: string;
  readonly clearedAtMs?: string;
  readonly receivedAtMs?: string;
  readonly openedAtMs?: string;
}

/** How it ended: with a push, without one, or not yet. */
export type Ending = "pushed" | "spared" | "waiting" | "failed";

interface Wording {
  readonly ending: Ending;
  readonly title: string;
  readonly why: string;
}

const WORDS: Readonly<Record<string, Wording>> = {
  own_message: spared("They wrote it", "Nobody is pushed what they wrote themselves."),
  silent: spared(
    "Silent",
    "Its sender wanted no push for it, or the server wrote it: such messages wake nobody.",
  ),
  kind_has_none: spared("No pushes here", "Conversations of this kind bring none."),
  blocked: spared("Blocked", "They block its sender."),
  muted: spared("Muted", "They have muted the conversation."),
  preference: spared("Not wanted", "They want pushes about less than this, as their profile says."),
  no_registration: spared("No address", "The device has told no address to push to."),
  read: spared("Read", "They had read it already, here or on another device."),
  acknowledged: spared(
    "Delivered",
    "The app was in use and confirmed that it has the message: no push is needed.",
  ),
  deleted: spared("Deleted", "It was deleted before it could be pushed."),
  accepted: {
    ending: "pushed",
    title: "Pushed",
    why: "Nobody was there to take it, so the device was woken.",
  },
  token_gone: failed("Address gone", "The push service says that this device is gone."),
  refused: failed("Refused", "The push service would never take it."),
  expired: failed("Too late", "The push service did not take it while it was of use."),
  waiting: {
    ending: "waiting",
    title: "Waiting",
    why: "The device still has time to confirm it, or its user to read it; else it is pushed.",
  },
  held: {
    ending: "waiting",
    title: "Held",
    why: "Their quiet hours are on: what comes now is told in one summary when they end.",
  },
  open: { ending: "waiting", title: "Open", why: "Nothing is decided yet." },
};

/** What to tell of a record, in plain words. */
export function wordingOf({ outcome }: DeliveryRecord): Wording {
  return WORDS[outcome] ?? { ending: "waiting", title: outcome, why: "" };
}

/** What happened and when, in order; `timeOf` names a time. */
export function stepsOf(record: DeliveryRecord, timeOf: (ms: number) => string): readonly string[] {
  const { ending, title } = wordingOf(record);
  const at = (ms: string | undefined, words: string): string | false =>
    ms !== undefined && `${words} ${timeOf(Number(ms))}`;
  const steps = [
    at(record.atMs, ending === "waiting" ? "Looked at again at" : `${title} at`),
    at(record.receivedAtMs, "Came to the device at"),
    at(record.openedAtMs, "Tapped at"),
    at(record.clearedAtMs, "Read elsewhere, and taken away at"),
  ];
  return steps.filter((step) => step !== false);
}

/** What a device is called: the page's own by what they are, others by their ids. */
export function deviceNameOf({ deviceId }: DeliveryRecord): string {
  if (!deviceId.startsWith("playground-")) {
    return deviceId;
  }
  return deviceId.endsWith("-tablet") ? "Tablet" : "Phone";
}

function spared(title: string, why: string): Wording {
  return { ending: "spared", title, why };
}

function failed(title: string, why: string): Wording {
  return { ending: "failed", title, why };
}
