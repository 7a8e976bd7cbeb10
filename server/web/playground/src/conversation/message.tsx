// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { Conversation, Tick, TimelineMessage } from "@tern/client";
import { isEmojiOnly, isRightToLeft, timeOf } from "../ground/format.js";
import { Icon } from "../ground/icons.js";
import { previewOf, problemOf, sentenceOf } from "../ground/wording.js";

interface MessageProps {
  readonly conversation: Conversation;
  readonly message: TimelineMessage;
  readonly me: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly showsSender: boolean;
}

/** One message as a bubble; one's own at the end of the line, with its tick. */
export function Message(props: MessageProps): JSX.Element {
  const { message, me, isFirst, isLast, showsSender } = props;
  const { content, senderId, tick } = message;
  if (content.type === "system") {
    return (
      <p class="system" dir="auto">
        {sentenceOf(message, me)}
      </p>
    );
  }
  const isOwn = senderId === me;
  const isLarge = content.type === "text" && isEmojiOnly(content.text);
  const runsLeft = content.type === "text" && isRightToLeft(content.text);
  const bubble = `bubble${isLarge ? " bubble-large" : ""}${runsLeft ? " bubble-rtl" : ""}`;
  const shape = `${isFirst ? " is-first" : ""}${isLast ? " is-last" : ""}`;
  return (
    <div
      class={`message ${isOwn ? "own" : "others"}${shape}${tick === "failed" ? " failed" : ""}`}
      data-sequence={message.sequence}
    >
      {isFirst && !isOwn && showsSender && (
        <p class="sender" dir="auto">
          {senderId}
        </p>
      )}
      {!showsSender || isOwn ? <span class="unseen">{isOwn ? "You" : senderId}: </span> : null}
      <div class={bubble}>
        <p class={message.deletedAtMs > 0 ? "text deleted" : "text"} dir="auto">
          {previewOf(message, me)}
        </p>
        <span class="meta">
          {message.editedAtMs > 0 && "edited "}
          <time dateTime={new Date(message.createdAtMs).toISOString()}>
            {timeOf(message.createdAtMs)}
          </time>
          {tick !== undefined && <TickMark tick={tick} />}
        </span>
      </div>
      {tick === "failed" && <Failed {...props} />}
    </div>
  );
}

const TICK_WORDS: Readonly<Record<Tick, string>> = {
  pending: "Waiting to be sent",
  failed: "Not sent",
  accepted: "Accepted: kept for good",
  delivered: "Delivered",
  read: "Read",
};

function TickMark({ tick }: { readonly tick: Tick }): JSX.Element {
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

function Failed({ conversation, message }: MessageProps): JSX.Element {
  return (
    <p class="failure">
      {problemOf(message.error ?? "UNKNOWN")}{" "}
      <button
        type="button"
        class="link"
        onClick={() => {
          conversation.retry(message.clientMessageId);
        }}
      >
        Try again
      </button>{" "}
      <button
        type="button"
        class="link"
        onClick={() => {
          conversation.discard(message.clientMessageId);
        }}
      >
        Discard
      </button>
    </p>
  );
}
