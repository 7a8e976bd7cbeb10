// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Presence, Profile, ReportReason } from "@tern/client";
import { daysAgo, timeOf } from "../ground/format.js";

const MINUTE_MS = 60_000;
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long" });

/** Whether somebody is there, in words; empty where that is not to be known. */
export function presenceOf(presence: Presence | undefined, nowMs: number): string {
  if (presence === undefined) {
    return "";
  }
  return presence.online ? "Online" : lastSeen(presence.awaySinceMs, nowMs);
}

function lastSeen(sinceMs: number, nowMs: number): string {
  if (sinceMs === 0) {
    return "";
  }
  const minutes = Math.floor((nowMs - sinceMs) / MINUTE_MS);
  if (minutes < 2) {
    return "Last seen just now";
  }
  if (minutes < 60) {
    return `Last seen ${minutes} minutes ago`;
  }
  const days = daysAgo(sinceMs, nowMs);
  const day = days === 0 ? "today" : days === 1 ? "yesterday" : `on ${DAY.format(sinceMs)}`;
  return `Last seen ${day} at ${timeOf(sinceMs)}`;
}

/** The language that somebody's tag names, in its own words; the tag where nobody knows it. */
export function languageOf({ locale }: Pick<Profile, "locale">): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

/** What the clock shows where somebody is; empty where that is not known. */
export function clockOf({ timeZone }: Pick<Profile, "timeZone">, nowMs: number): string {
  try {
    return timeZone === ""
      ? ""
      : new Intl.DateTimeFormat(undefined, { timeStyle: "short", timeZone }).format(nowMs);
  } catch {
    return "";
  }
}

/** What may be wrong with a message or a person. */
export const REASONS: readonly (readonly [reason: ReportReason, words: string])[] = [
  ["spam", "Spam"],
  ["harassment", "Harassment"],
  ["hate", "Hate"],
  ["violence", "Violence or threats"],
  ["sexual", "Sexual content"],
  ["selfHarm", "Somebody may harm themselves"],
  ["fraud", "Fraud"],
  ["other", "Something else"],
];
