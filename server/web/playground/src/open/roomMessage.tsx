// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { TimelineMessage } from "@tern/client";
import { useLongPress } from "../conversation/longPress.js";
import { QuoteLines } from "../conversation/quote.js";
import { TickMark } from "../conversation/tickMark.js";
import { Words } from "../conversation/words.js";
import { Floating } from "../ground/floating.js";
import { directionOf, timeOf } from "../ground/format.js";
import { Icon, type IconName } from "../ground/icons.js";
import { moveFocus } from "../ground/roving.js";
import { previewOf, problemOf, sentenceOf } from "../ground/wording.js";
import { useNames, usePeople } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";
import type { RoomDesk } from "./roomView.js";

interface RoomMessageProps {
  readonly desk: RoomDesk;
  readonly message: TimelineMessage;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** One message of a room; Enter, a long press or its button opens what to do with it. */
export function RoomMessage(props: RoomMessageProps): JSX.Element {
  const { desk, message, isFirst } = props;
  const { senderId, sequence, tick } = message;
  const { nameOf, show } = usePeople();
  const element = useRef<HTMLDivElement>(null);
  const wordsId = useId();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const entries = entriesFor(desk, message);
  const openMenu = (): void => {
    setMenuOpen(entries.length > 0);
  };
  const longPress = useLongPress(openMenu);
  if (message.content.type === "system") {
    return (
      <p class="system" dir="auto">
        {sentenceOf(message, desk.me, nameOf)}
      </p>
    );
  }
  const isOwn = senderId === desk.me;
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
      {isFirst && !isOwn && (
        <button
          type="button"
          class="sender"
          tabIndex={-1}
          title="Show who this is"
          onClick={() => {
            show(senderId, desk.room.conversationId);
          }}
        >
          <PersonAvatar userId={senderId} size="small" />
          <bdi>{nameOf(senderId)}</bdi>
        </button>
      )}
      <div class="bubble-line">
        <div id={wordsId}>
          <span class="unseen">{isOwn ? "You" : nameOf(senderId)}: </span>
          <Bubble {...{ desk, message }} />
        </div>
        {entries.length > 0 && <MoreButton isOpen={isMenuOpen} onOpen={openMenu} />}
      </div>
      {tick === "failed" && <Failed desk={desk} message={message} />}
      {isMenuOpen && element.current !== null && (
        <Menu
          entries={entries}
          anchor={element.current}
          onClose={() => {
            setMenuOpen(false);
          }}
        />
      )}
    </div>
  );
}

function classOf({ desk, message, isFirst, isLast }: RoomMessageProps): string {
  return [
    "message",
    message.senderId === desk.me ? "own" : "others",
    isFirst && "is-first",
    isLast && "is-last",
    message.tick === "failed" && "failed",
  ]
    .filter((name) => name !== false)
    .join(" ");
}

function Bubble({ desk, message }: Pick<RoomMessageProps, "desk" | "message">): JSX.Element {
  const { content, createdAtMs, editedAtMs, deletedAtMs, quote, tick } = message;
  const nameOf = useNames();
  const isDeleted = deletedAtMs > 0;
  const direction = content.type === "text" ? directionOf(content.text) : undefined;
  const shape = direction === undefined ? "" : ` bubble-${direction}`;
  return (
    <div class={`bubble${shape}${isDeleted ? " bubble-deleted" : ""}`}>
      {quote !== undefined && !isDeleted && (
        <p class="quote">
          <QuoteLines quote={quote} me={desk.me} />
        </p>
      )}
      <p class={`text${isDeleted ? " deleted" : ""}`} dir="auto">
        {content.type === "text" && !isDeleted ? (
          <Words message={message} text={content.text} me={desk.me} />
        ) : (
          previewOf(message, desk.me, nameOf)
        )}
      </p>
      <span class="meta">
        {editedAtMs > 0 && !isDeleted && <span class="edited">edited</span>}
        <time dateTime={new Date(createdAtMs).toISOString()}>{timeOf(createdAtMs)}</time>
        {tick !== undefined && <TickMark tick={tick} />}
      </span>
    </div>
  );
}

interface MoreButtonProps {
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

function MoreButton({ isOpen, onOpen }: MoreButtonProps): JSX.Element {
  return (
    <div class="message-tools">
      <button
        type="button"
        class="round round-small"
        tabIndex={-1}
        aria-label="More actions"
        title="More actions"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={onOpen}
      >
        <Icon name="more" />
      </button>
    </div>
  );
}

interface Entry {
  readonly icon: IconName;
  readonly word: string;
  readonly isGrave?: boolean;
  readonly act: () => void;
}

/** What the person may do to a message: change their own, report those of others. */
function entriesFor(desk: RoomDesk, message: TimelineMessage): readonly Entry[] {
  const { room, me, settle, edit, report } = desk;
  const { sequence, senderId, deletedAtMs } = message;
  const { mayEdit, mayDelete } = room.rightsOver(message);
  const entries: Entry[] = [];
  if (mayEdit && message.content.type === "text") {
    entries.push({
      icon: "edit",
      word: "Edit",
      act: () => {
        edit(sequence);
      },
    });
  }
  if (mayDelete) {
    entries.push({
      icon: "bin",
      word: "Delete",
      isGrave: true,
      act: () => {
        settle(room.delete(sequence), "The message is deleted");
      },
    });
  }
  if (senderId !== me && sequence > 0 && deletedAtMs === 0) {
    entries.push({
      icon: "flag",
      word: "Report",
      isGrave: true,
      act: () => {
        report(message);
      },
    });
  }
  return entries;
}

interface MenuProps {
  readonly entries: readonly Entry[];
  readonly anchor: HTMLElement;
  readonly onClose: () => void;
}

function Menu({ entries, anchor, onClose }: MenuProps): JSX.Element {
  return (
    <Floating
      anchor={anchor}
      class="menu"
      role="menu"
      label="Message actions"
      onClose={onClose}
      onKeyDown={(event) => {
        moveFocus(event, "[role=menuitem]");
        // Below the menu the same keys go from message to message.
        event.stopPropagation();
      }}
    >
      {entries.map(({ icon, word, isGrave = false, act }, index) => (
        <button
          key={word}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={`menu-item${isGrave ? " menu-item-grave" : ""}`}
          data-first={index === 0 || undefined}
          onClick={() => {
            onClose();
            act();
          }}
        >
          <Icon name={icon} />
          {word}
        </button>
      ))}
    </Floating>
  );
}

/** Why a message was not sent, and what the person may do about it. */
function Failed({ desk, message }: Pick<RoomMessageProps, "desk" | "message">): JSX.Element {
  const { clientMessageId, error = "UNKNOWN", reason = "" } = message;
  return (
    <p class="failure" role="alert">
      {problemOf(error)} {reason !== "" && <q dir="auto">{reason}</q>}{" "}
      {error !== "REFUSED_BY_MODERATION" && (
        <button
          type="button"
          class="link"
          onClick={() => {
            desk.room.retry(clientMessageId);
          }}
        >
          Try again
        </button>
      )}{" "}
      <button
        type="button"
        class="link"
        onClick={() => {
          desk.room.discard(clientMessageId);
        }}
      >
        Discard
      </button>
    </p>
  );
}
