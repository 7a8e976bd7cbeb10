// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { TimelineMessage } from "@tern/client";
import { problemOf } from "../ground/wording.js";
import type { Desk } from "./desk.js";

interface FailureProps {
  readonly desk: Desk;
  readonly message: TimelineMessage;
}

/** Why a message was not sent, and what the person may do about it. */
export function Failure({ desk, message }: FailureProps): JSX.Element {
  const { client, conversation } = desk;
  const { clientMessageId, content, replyTo, error = "UNKNOWN", reason = "" } = message;
  const isRefused = error === "REFUSED_BY_MODERATION";
  const text = content.type === "text" ? content.text : "";
  return (
    <p class="failure" role="alert">
      {problemOf(error)} {reason !== "" && <q dir="auto">{reason}</q>}{" "}
      {text !== "" && (
        <button
          type="button"
          class="link"
          onClick={() => {
            conversation.discard(clientMessageId);
            client.drafts.write(conversation.conversationId, text, replyTo);
          }}
        >
          Edit
        </button>
      )}{" "}
      {!isRefused && (
        <button
          type="button"
          class="link"
          onClick={() => {
            conversation.retry(clientMessageId);
          }}
        >
          Try again
        </button>
      )}{" "}
      <button
        type="button"
        class="link"
        onClick={() => {
          conversation.discard(clientMessageId);
        }}
      >
        Discard
      </button>
    </p>
  );
}
