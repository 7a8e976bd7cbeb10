// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { InboxEntry, Message } from "@tern/client";
import { useLongPress } from "../conversation/longPress.js";
import { Avatar } from "../ground/avatar.js";
import { Badge } from "../ground/badge.js";
import { directionOf, whenOf } from "../ground/format.js";
import { Icon, type IconName } from "../ground/icons.js";
import { type NameOf, previewOf, titleOf } from "../ground/wording.js";
import { useNames } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";
import { isMuted } from "./listDeeds.js";

interface ConversationRowProps {
  readonly entry: InboxEntry;
  readonly me: string;
  /** What was begun to write; empty for nothing. */
  readonly draft: string;
  readonly isSelected: boolean;
  readonly hasMenu: boolean;
  readonly onSelect: (conversationId: string) => void;
  readonly onMenu: (conversationId: string, anchor: HTMLElement) => void;
}

/** One conversation: its newest message or the draft, what is unread, and what may be done. */
export function ConversationRow(props: ConversationRowProps): JSX.Element {
  const { entry, isSelected, hasMenu, onSelect, onMenu } = props;
  const { conversation, unread, activeAtMs, peerId } = entry;
  const row = useRef<HTMLButtonElement>(null);
  const title = titleOf(conversation, peerId, useNames());
  const isGroup = conversation.kind !== "direct";
  const openMenu = (): void => {
    if (row.current !== null) {
      onMenu(conversation.conversationId, row.current);
    }
  };
  const longPress = useLongPress(openMenu);
  return (
    <>
      <button
        ref={row}
        type="button"
        class="row"
        aria-current={isSelected}
        data-unread={unread}
        onClick={() => {
          // The end of a long press is no choice.
          if (!hasMenu) {
            onSelect(conversation.conversationId);
          }
        }}
        {...longPress}
      >
        {isGroup ? (
          <Avatar name={title} picture={conversation.imageUrl} isGroup />
        ) : (
          <PersonAvatar userId={peerId} />
        )}
        <span class="row-line">
          <span class="row-title">
            <bdi class="one-line">{title}</bdi>
          </span>
          <time class="row-when">{activeAtMs > 0 ? whenOf(activeAtMs, Date.now()) : ""}</time>
        </span>
        <span class="row-line">
          <Preview {...props} />
          <Marks entry={entry} />
          <Badge unread={unread} />
        </span>
      </button>
      <button
        type="button"
        class="round round-small row-more"
        aria-label={`Actions for ${title}`}
        title="More"
        aria-haspopup="menu"
        aria-expanded={hasMenu}
        onClick={(event) => {
          onMenu(conversation.conversationId, event.currentTarget);
        }}
      >
        <Icon name="more" />
      </button>
    </>
  );
}

function Preview({ entry, me, draft }: ConversationRowProps): JSX.Element {
  const { conversation, lastMessage } = entry;
  const nameOf = useNames();
  const isGroup = conversation.kind !== "direct";
  const isDraft = draft.trim() !== "";
  const said = lastMessage === undefined ? "No messages yet" : previewOf(lastMessage, me, nameOf);
  const words = isDraft ? draft : said;
  const from = isDraft ? "Draft" : fromOf(lastMessage, me, isGroup, nameOf);
  return (
    <span class="row-preview">
      {from !== "" && (
        <span class={`row-from${isDraft ? " row-draft" : ""}`}>
          <bdi class="one-line">{from}</bdi>:
        </span>
      )}
      <span class="one-line" dir={directionOf(words) ?? "auto"}>
        {words}
      </span>
    </span>
  );
}

function Marks({ entry }: { readonly entry: InboxEntry }): JSX.Element {
  const marks: (readonly [boolean, IconName, string])[] = [
    [isMuted(entry, Date.now()), "bellOff", "Notifications are muted"],
    [entry.pushLevel === "none", "bellOff", "No notifications"],
    [entry.pushLevel === "mentions", "at", "Notifications of mentions only"],
    [entry.pinnedAtMs > 0, "pin", "On top"],
  ];
  return (
    <>
      {marks
        .filter(([isSet]) => isSet)
        .map(([, icon, words]) => (
          <span key={icon} class="row-mark" role="img" aria-label={words} title={words}>
            <Icon name={icon} />
          </span>
        ))}
    </>
  );
}

function fromOf(
  message: Message | undefined,
  me: string,
  isGroup: boolean,
  nameOf: NameOf,
): string {
  if (message === undefined || message.content.type === "system" || message.deletedAtMs > 0) {
    return "";
  }
  if (message.senderId === me) {
    return "You";
  }
  return isGroup ? nameOf(message.senderId) : "";
}
