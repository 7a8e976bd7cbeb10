// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConversationState } from "@tern/client";
import { Icon } from "../ground/icons.js";
import type { Desk } from "./desk.js";
import { mentionsIn } from "./mentions.js";
import { QuoteLines } from "./quote.js";
import { WritingField } from "./writingField.js";

interface ComposerProps {
  readonly desk: Desk;
  readonly state: ConversationState;
  readonly me: string;
  readonly title: string;
  /** Who can be mentioned. */
  readonly names: readonly string[];
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

/** Where one writes: Enter sends, Shift+Enter begins a line, the arrow up edits the last one. */
export function Composer(props: ComposerProps): JSX.Element {
  const { desk, state, me, title, names, onProblem } = props;
  const { conversation, replyTo } = desk;
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const isEmpty = text.trim() === "";
  useEffect(() => {
    beginToWrite(field.current);
  }, [conversation]);
  useEffect(() => {
    if (replyTo !== undefined) {
      field.current?.focus();
    }
  }, [replyTo]);

  const send = (): void => {
    if (isEmpty) {
      return;
    }
    try {
      const mentions = mentionsIn(text, names);
      conversation.send(text.trim(), { mentions, ...(replyTo !== undefined && { replyTo }) });
      setText("");
      desk.reply(undefined);
    } catch (error) {
      onProblem(error);
    }
    field.current?.focus();
  };
  const editLast = (): void => {
    const last = state.messages.findLast((message) => message.senderId === me);
    if (last !== undefined && conversation.rightsOver(last).mayEdit) {
      desk.edit(last.sequence);
    }
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {replyTo !== undefined && <ReplyBar {...{ desk, state, me, replyTo }} />}
      <WritingField
        field={field}
        value={text}
        label={`Message to ${title}`}
        placeholder="Write a message"
        names={names}
        onChange={(value) => {
          setText(value);
          conversation.setTyping(value !== "");
        }}
        onDone={send}
        onEscape={() => {
          desk.reply(undefined);
        }}
        onUp={editLast}
      />
      <button type="submit" class="send" aria-label="Send" disabled={isEmpty}>
        <Icon name="send" />
      </button>
    </form>
  );
}

interface ReplyBarProps extends Pick<ComposerProps, "desk" | "state" | "me"> {
  readonly replyTo: number;
}

/** What the next message answers. */
function ReplyBar({ desk, state, me, replyTo }: ReplyBarProps): JSX.Element {
  const message = state.messages.find(({ sequence }) => sequence === replyTo);
  const quote = message
    ? ({ state: "shown", message } as const)
    : ({ state: "unavailable" } as const);
  return (
    <div class="reply-bar" role="group" aria-label="Your answer quotes">
      <Icon name="reply" />
      <p class="quote">
        <QuoteLines quote={quote} me={me} />
      </p>
      <button
        type="button"
        class="round round-small"
        aria-label="Do not quote"
        title="Do not quote (Escape)"
        onClick={() => {
          desk.reply(undefined);
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
