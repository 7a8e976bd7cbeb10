// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { FOREVER, type Posting } from "@tern/client";
import { durationOf, timeOf, whenOf } from "../ground/format.js";
import { Icon } from "../ground/icons.js";

type Refusal = Exclude<Posting, { may: true }>;

/** Why the person can't write now, in plain words. */
export function ComposerNotice({ refusal }: { readonly refusal: Refusal }): JSX.Element {
  return (
    <p class="composer-notice">
      <Icon name={refusal.because === "slow" ? "clock" : "lock"} />
      <span>{wordsFor(refusal, Date.now())}</span>
    </p>
  );
}

/** A refusal as a sentence. */
export function wordsFor(refusal: Refusal, nowMs: number): string {
  switch (refusal.because) {
    case "gone":
      return "You are not in this conversation.";
    case "frozen":
      return "This group is frozen: only its moderators and owners write and react for now.";
    case "watching":
      return "You watch: only the members of this room write.";
    case "role":
      return "Only some write here: you can read along, and react.";
    case "mute":
      return refusal.untilMs >= FOREVER
        ? "You are muted here: you can read, but not write or react."
        : `You are muted until ${dayAndTimeOf(refusal.untilMs, nowMs)}: you can read, not write.`;
    case "slow":
      return `Slow mode: you can send again in ${durationOf(refusal.untilMs - nowMs)}.`;
  }
}

function dayAndTimeOf(ms: number, nowMs: number): string {
  const time = timeOf(ms);
  const when = whenOf(ms, nowMs);
  return when === time ? time : `${when}, ${time}`;
}
