// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useId, useRef } from "preact/hooks";
import type { TimelineMessage } from "@tern/client";
import { directionOf, isEmojiOnly, timeOf } from "../ground/format.js";
import { Icon } from "../ground/icons.js";
import { lineOf, previewOf, sentenceOf } from "../ground/wording.js";
import { useNames, usePeople } from "../people/peopleView.js";
import { Card } from "./card.js";
import type { Desk } from "./desk.js";
import { useLongPress } from "./longPress.js";
import { Failure } from "./failure.js";
import { ForwardedLine, LoudnessMark } from "./messageMarks.js";
import { MessageEditor } from "./messageEditor.js";
import { MessageTools } from "./messageTools.js";
import { QuoteButton } from "./quote.js";
import { Reactions } from "./reactions.js";
import { TickMark } from "./tickMark.js";
import { Words } from "./words.js";

interface MessageProps {
  readonly desk: Desk;
  readonly message: TimelineMessage;
  readonly me: string;
  /** Who can be mentioned. */
  readonly names: readonly string[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly showsSender: boolean;
}

/** One message as a bubble; one's own at the end of the line, with its tick. */
export function Message(props: MessageProps): JSX.Element {
  const { message, me } = props;
  const nameOf = useNames();
  if (message.content.type === "system") {
    return (
      <p class="system" dir="auto">
        {sentenceOf(message, me, nameOf)}
      </p>
    );
  }
  return <Spoken {...props} />;
}

function Spoken(props: MessageProps): JSX.Element {
  const { desk, message, me, isFirst, showsSender } = props;
  const { senderId, sequence, tick } = message;
  const { nameOf, show } = usePeople();
  const element = useRef<HTMLDivElement>(null);
  const wordsId = useId();
  const isOwn = senderId === me;
  const hasMenu = sequence > 0 && message.deletedAtMs === 0;
  const isEditing = hasMenu && isInEditor(desk, message);
  const openMenu = (): void => {
    if (element.current !== null && hasMenu && !isEditing) {
      desk.open({ kind: "menu", sequence, anchor: element.current });
    }
  };
  const longPress = useLongPress(openMenu);
  return (
    <div
      ref={element}
      class={classOf(props)}
      role="article"
      tabIndex={-1}
      aria-labelledby={wordsId}
      data-sequence={sequence}
      {...longPress}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target === event.currentTarget) {
          event.preventDefault();
          openMenu();
        }
      }}
    >
      {isFirst && !isOwn && showsSender && (
        <button
          type="button"
          class="sender"
          tabIndex={-1}
          title="Show who this is"
          onClick={() => {
            show(senderId);
          }}
        >
          <bdi>{nameOf(senderId)}</bdi>
        </button>
      )}
      <div class="bubble-line">
        <div id={wordsId}>
          {!showsSender || isOwn ? (
            <span class="unseen">{isOwn ? "You" : nameOf(senderId)}: </span>
          ) : null}
          {isEditing ? <Editor {...props} element={element} /> : <Bubble {...props} />}
        </div>
        {hasMenu && !isEditing && <MessageTools desk={desk} message={message} />}
      </div>
      <Reactions desk={desk} message={message} me={me} />
      {tick === "failed" && <Failure desk={desk} message={message} />}
    </div>
  );
}

/** A refused edit stays in the editor until the person decides. */
function isInEditor(desk: Desk, { sequence, refusedEdit }: TimelineMessage): boolean {
  return desk.editing === sequence || refusedEdit !== undefined;
}

function classOf({ desk, message, me, isFirst, isLast }: MessageProps): string {
  const { senderId, tick, sequence, mentions, unconfirmed } = message;
  const callsMe = senderId !== me && (mentions.everyone || mentions.userIds.includes(me));
  return [
    "message",
    senderId === me ? "own" : "others",
    isFirst && "is-first",
    isLast && "is-last",
    tick === "failed" && "failed",
    callsMe && "calls-me",
    unconfirmed !== undefined && "is-unconfirmed",
    sequence > 0 && desk.found === sequence && "is-found",
    sequence > 0 && isInEditor(desk, message) && "is-editing",
  ]
    .filter((name) => name !== false)
    .join(" ");
}

interface EditorProps extends MessageProps {
  readonly element: { readonly current: HTMLElement | null };
}

function Editor({ desk, message, names, element }: EditorProps): JSX.Element {
  return (
    <MessageEditor
      desk={desk}
      message={message}
      names={names}
      onLeave={() => {
        if (desk.editing === message.sequence) {
          desk.edit(undefined);
        }
        element.current?.focus({ preventScroll: true });
      }}
    />
  );
}

function Bubble({ desk, message, me }: MessageProps): JSX.Element {
  const { content, quote, deletedAtMs, pinnedAtMs, createdAtMs, tick } = message;
  const text = content.type === "text" && deletedAtMs === 0 ? content.text : undefined;
  const isLarge = text !== undefined && quote === undefined && isEmojiOnly(text);
  const direction = text === undefined ? undefined : directionOf(text);
  const shape = `${isLarge ? " bubble-large" : ""}${direction ? ` bubble-${direction}` : ""}`;
  return (
    <div class={`bubble${shape}${deletedAtMs > 0 ? " bubble-deleted" : ""}`}>
      {quote !== undefined && deletedAtMs === 0 && (
        <QuoteButton quote={quote} me={me} onJump={desk.jump} />
      )}
      <ForwardedLine message={message} me={me} />
      <Said desk={desk} message={message} me={me} />
      <span class="meta">
        <LoudnessMark message={message} />
        {pinnedAtMs > 0 && (
          <span class="meta-pin" role="img" aria-label="Pinned" title="Pinned">
            <Icon name="pin" />
          </span>
        )}
        <Edited desk={desk} message={message} />
        <time dateTime={new Date(createdAtMs).toISOString()}>{timeOf(createdAtMs)}</time>
        {tick !== undefined && <TickMark tick={tick} />}
      </span>
    </div>
  );
}

/** The content, whatever its kind. */
function Said({ desk, message, me }: Pick<MessageProps, "desk" | "message" | "me">): JSX.Element {
  const nameOf = useNames();
  const { content, deletedAtMs } = message;
  if (deletedAtMs > 0) {
    return (
      <p class="text deleted" dir="auto">
        {previewOf(message, me, nameOf)}
      </p>
    );
  }
  switch (content.type) {
    case "text":
      return (
        <p class="text" dir="auto">
          <Words message={message} text={content.text} me={me} />
        </p>
      );
    case "card":
      return <Card desk={desk} message={message} card={content} me={me} />;
    default:
      return (
        <>
          <p class="text other-kind" dir="auto">
            {lineOf(content)}
          </p>
          {content.type === "custom" && (
            <code class="other-kind-data" dir="ltr">
              {content.json}
            </code>
          )}
        </>
      );
  }
}

/** Says that the text is not the first one, and leads to the earlier ones where that is allowed. */
function Edited({ desk, message }: Pick<MessageProps, "desk" | "message">): JSX.Element | null {
  const { sequence, unconfirmed } = message;
  if (unconfirmed === "edit") {
    return (
      <span role="img" aria-label="Edit waits to be sent" title="Edit waits to be sent">
        <Icon name="clock" />
      </span>
    );
  }
  if (message.editedAtMs === 0 || message.deletedAtMs > 0) {
    return null;
  }
  if (!desk.conversation.rightsOver(message).mayReadEdits) {
    return <span class="edited">edited</span>;
  }
  return (
    <button
      type="button"
      class="edited link"
      title="Show earlier versions"
      onClick={() => {
        desk.open({ kind: "edits", sequence });
      }}
    >
      edited
    </button>
  );
}
