// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { Tick } from "@tern/client";
import { Icon } from "../ground/icons.js";

const TICK_WORDS: Readonly<Record<Tick, string>> = {
  pending: "Waiting to be sent",
  failed: "Not sent",
  accepted: "Accepted: kept for good",
  delivered: "Delivered",
  read: "Read",
};

/** How far one’s own message has come. */
export function TickMark({ tick }: { readonly tick: Tick }): JSX.Element {
  return (
    <span
      class={`tick tick-${tick}`}
      role="img"
      aria-label={TICK_WORDS[tick]}
      title={TICK_WORDS[tick]}
    >
      {tick === "pending" && <Icon name="clock" />}
      {tick === "failed" && <Icon name="failed" />}
      {(tick === "accepted" || tick === "delivered" || tick === "read") && (
        <svg class="checks" viewBox="0 0 20 12" aria-hidden="true">
          <path d="M2 6.5l3.5 3.5L13 2" />
          {tick !== "accepted" && <path d="M9 9.3l.7.7L18 2" />}
        </svg>
      )}
    </span>
  );
}
