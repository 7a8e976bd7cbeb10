// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type ConversationState, type Posting, postingIn } from "@tern/client";
import { useClock } from "../ground/hooks.js";
import { Icon } from "../ground/icons.js";
import { ComposerNotice } from "./composerNotice.js";
import type { Desk } from "./desk.js";
import { mentionsIn } from "./mentions.js";
import { QuoteLines } from "./quote.js";
import { type Loudness, SendOptions } from "./sendOptions.js";
import { useDraft } from "./useDraft.js";
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
  const { client, conversation, replyTo } = desk;
  const [text, setText] = useDraft(client, desk);
  const posting = usePosting(state, me);
  const isSlow = !posting.may && posting.because === "slow";
  const field = useRef<HTMLTextAreaElement>(null);
  const isHeld = text.trim() === "" || isSlow;
  // At once: later it would take the focus from whoever has gone on already.
  useLayoutEffect(() => {
    beginToWrite(field.current);
  }, [conversation]);
  useLayoutEffect(() => {
    if (replyTo !== undefined) {
      field.current?.focus();
    }
  }, [replyTo]);

  const send = (loudness: Loudness = "usual"): void => {
    if (isHeld) {
      return;
    }
    try {
      conversation.send(text.trim(), {
        mentions: mentionsIn(text, names),
        ...(replyTo !== undefined && { replyTo }),
        ...(loudness !== "usual" && { [loudness]: true }),
      });
      client.drafts.clear(conversation.conversationId);
      desk.reply(undefined);
    } catch (error) {
      onProblem(error);
    }
    field.current?.focus();
  };
  const editLast = (): void => {
    const last = state.messages.findLast((message) => message.senderId === me);
    if (last !== undefined && !state.hasAfter && conversation.rightsOver(last).mayEdit) {
      desk.edit(last.sequence);
    }
  };

  if (!posting.may && !isSlow) {
    return (
      <div class="composer composer-closed" role="status">
        <ComposerNotice refusal={posting} />
      </div>
    );
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {isSlow && <ComposerNotice refusal={posting} />}
      {replyTo !== undefined && <ReplyBar {...{ desk, me, replyTo }} />}
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
        onDone={() => {
          send();
        }}
        onEscape={() => {
          desk.reply(undefined);
        }}
        onUp={editLast}
      />
      <SendButtons isHeld={isHeld} onSend={send} />
    </form>
  );
}

interface SendButtonsProps {
  /** Nothing can be sent now. */
  readonly isHeld: boolean;
  readonly onSend: (loudness: Loudness) => void;
}

function SendButtons({ isHeld, onSend }: SendButtonsProps): JSX.Element {
  return (
    <>
      <SendOptions isDisabled={isHeld} onSend={onSend} />
      <button type="submit" class="send" aria-label="Send" disabled={isHeld}>
        <Icon name="send" />
      </button>
    </>
  );
}

/** Whether one may write here now; looks at the clock while that ends by itself. */
function usePosting(state: ConversationState, me: string): Posting {
  const [isRunning, setRunning] = useState(false);
  const posting = postingIn(state, me, useClock(isRunning));
  const ends = !posting.may && "untilMs" in posting;
  useEffect(() => {
    setRunning(ends);
  }, [ends]);
  return posting;
}

interface ReplyBarProps extends Pick<ComposerProps, "desk" | "me"> {
  readonly replyTo: number;
}

/** What the next message answers. */
function ReplyBar({ desk, me, replyTo }: ReplyBarProps): JSX.Element {
  const message = desk.conversation.find(replyTo);
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
