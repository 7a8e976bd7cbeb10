// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const WEEKDAY = new Intl.DateTimeFormat(undefined, { weekday: "long" });
const SHORT_DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const FULL_DAY = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});
const DAY_MS = 86_400_000;

export function timeOf(ms: number): string {
  return TIME.format(ms);
}

/** Days by the local calendar from `ms` to `nowMs`. */
export function daysAgo(ms: number, nowMs: number): number {
  const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(nowMs) - midnight(ms)) / DAY_MS);
}

/** The heading of a day's messages. */
export function dayOf(ms: number, nowMs: number): string {
  const days = daysAgo(ms, nowMs);
  if (days === 0) {
    return "Today";
  }
  if (days === 1) {
    return "Yesterday";
  }
  return days > 1 && days < 7 ? WEEKDAY.format(ms) : FULL_DAY.format(ms);
}

/** As short as a line of the conversation list needs it. */
export function whenOf(ms: number, nowMs: number): string {
  const days = daysAgo(ms, nowMs);
  if (days === 0) {
    return timeOf(ms);
  }
  return days === 1 ? "Yesterday" : SHORT_DAY.format(ms);
}

/** How long something still lasts, in the unit that fits. */
export function durationOf(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 120) {
    return `${seconds} s`;
  }
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}

export function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function countOf(unread: number): string {
  return unread >= 1_000 ? "999+" : String(unread);
}

/** An address to follow from a page; undefined for any that is not of the web. */
export function webAddressOf(address: string): URL | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === "https:" || url?.protocol === "http:" ? url : undefined;
}

/** One to three emoji and nothing else: shown large. */
export function isEmojiOnly(text: string): boolean {
  const graphemes = [...new Intl.Segmenter().segment(text.trim())];
  return (
    graphemes.length > 0 &&
    graphemes.length <= 3 &&
    graphemes.every(({ segment }) => /^(\p{Extended_Pictographic}|\p{RI})/u.test(segment))
  );
}

const RTL_SCRIPTS = ["Arabic", "Hebrew", "Syriac", "Thaana", "Nko", "Adlam", "Hanifi_Rohingya"];
const BEGINS_RTL = new RegExp(
  `^\\P{L}*[${RTL_SCRIPTS.map((script) => `\\p{Script=${script}}`).join("")}]`,
  "u",
);

/** Which way a text runs: as its first letter does, mentions left out; none without letters. */
export function directionOf(text: string): "ltr" | "rtl" | undefined {
  const own = text.replace(/@\S+/gu, "");
  if (!/\p{L}/u.test(own)) {
    return undefined;
  }
  return BEGINS_RTL.test(own) ? "rtl" : "ltr";
}
