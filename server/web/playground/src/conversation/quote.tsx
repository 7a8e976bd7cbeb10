// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { Quote } from "@tern/client";
import { directionOf } from "../ground/format.js";
import { previewOf } from "../ground/wording.js";
import { useNames } from "../people/peopleView.js";

interface QuoteProps {
  readonly quote: Quote;
  readonly me: string;
}

/** Who said what is answered, and how it begins. */
export function QuoteLines({ quote, me }: QuoteProps): JSX.Element {
  const nameOf = useNames();
  if (quote.state !== "shown") {
    return (
      <span class="quote-text quote-gone">
        {quote.state === "loading" ? "Loading…" : "Message unavailable"}
      </span>
    );
  }
  const { message } = quote;
  const isGone = message.deletedAtMs > 0;
  const words = previewOf(message, me, nameOf);
  return (
    <>
      <span class="quote-sender">
        <bdi>{message.senderId === me ? "You" : nameOf(message.senderId)}</bdi>
      </span>
      <span
        class={`quote-text one-line${isGone ? " quote-gone" : ""}`}
        dir={directionOf(words) ?? "auto"}
      >
        {words}
      </span>
    </>
  );
}

interface QuoteButtonProps extends QuoteProps {
  readonly onJump: (sequence: number) => void;
}

/** The answered message within the answer; a press leads to it. */
export function QuoteButton({ quote, me, onJump }: QuoteButtonProps): JSX.Element {
  if (quote.state !== "shown") {
    return (
      <p class="quote">
        <QuoteLines quote={quote} me={me} />
      </p>
    );
  }
  const { sequence } = quote.message;
  return (
    <button
      type="button"
      class="quote"
      title="Show this message"
      onClick={() => {
        onJump(sequence);
      }}
    >
      <span class="unseen">In answer to </span>
      <QuoteLines quote={quote} me={me} />
    </button>
  );
}
