// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation } from "@tern/client";
import { Icon } from "../ground/icons.js";

/** UTF-16 units, of 3 bytes at most in UTF-8: the server's 16 KiB are never exceeded. */
const MOST_CODE_UNITS = 4_000;

interface ComposerProps {
  readonly conversation: Conversation;
  readonly title: string;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Takes the focus when a conversation is opened, unless somebody writes elsewhere, or a keyboard
 * would come up and hide the messages.
 */
function beginToWrite(field: HTMLTextAreaElement | null): void {
  const active = document.activeElement ?? document.body;
  const isFree = active === document.body || field?.closest(".person")?.contains(active) === true;
  if (isFree && matchMedia("(pointer: fine)").matches) {
    field?.focus();
  }
}

/** Where one writes: Enter sends, Shift+Enter begins a line. */
export function Composer({ conversation, title, onProblem }: ComposerProps): JSX.Element {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const isEmpty = text.trim() === "";
  useEffect(() => {
    beginToWrite(field.current);
  }, [conversation]);

  const send = (): void => {
    if (isEmpty) {
      return;
    }
    try {
      conversation.send(text.trim());
      setText("");
    } catch (error) {
      onProblem(error);
    }
    field.current?.focus();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        rows={1}
        value={text}
        maxLength={MOST_CODE_UNITS}
        placeholder="Write a message"
        aria-label={`Message to ${title}`}
        onInput={(event) => {
          setText(event.currentTarget.value);
          conversation.setTyping(event.currentTarget.value !== "");
        }}
        onKeyDown={(event) => {
          // Enter also ends the input of a Chinese or Japanese word; that one does not send.
          if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            send();
          }
        }}
      />
      <button type="submit" class="send" aria-label="Send" disabled={isEmpty}>
        <Icon name="send" />
      </button>
    </form>
  );
}
