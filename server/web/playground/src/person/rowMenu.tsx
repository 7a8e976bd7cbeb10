// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { InboxEntry } from "@tern/client";
import { Floating } from "../ground/floating.js";
import { Icon, type IconName } from "../ground/icons.js";
import { moveFocus } from "../ground/roving.js";
import { isMuted, type ListDeeds } from "./listDeeds.js";

interface RowMenuProps {
  readonly entry: InboxEntry;
  readonly title: string;
  readonly anchor: HTMLElement;
  readonly deeds: ListDeeds;
  readonly onClearHistory: () => void;
  readonly onClose: () => void;
}

interface Item {
  readonly icon: IconName;
  readonly word: string;
  readonly isGrave?: boolean;
  readonly act: () => void;
}

/** What a person does with a conversation in their own list. */
export function RowMenu(props: RowMenuProps): JSX.Element {
  const { title, anchor, onClose } = props;
  return (
    <Floating
      anchor={anchor}
      class="menu"
      role="menu"
      label={`Conversation ${title}`}
      onClose={onClose}
      onKeyDown={(event) => {
        moveFocus(event, "[role=menuitem]");
      }}
    >
      {itemsFor(props).map(({ icon, word, isGrave = false, act }, index) => (
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

function itemsFor({ entry, deeds, onClearHistory }: RowMenuProps): readonly Item[] {
  const isPinned = entry.pinnedAtMs > 0;
  const isUnread = entry.unread > 0;
  const isArchived = entry.place === "archived";
  const isSilent = isMuted(entry, Date.now());
  const items: (Item | false)[] = [
    !isArchived && {
      icon: "pin",
      word: isPinned ? "Take down from top" : "Pin to top",
      act: isPinned ? deeds.unpin : deeds.pin,
    },
    {
      icon: isUnread ? "read" : "unread",
      word: isUnread ? "Mark as read" : "Mark as unread",
      act: isUnread ? deeds.markRead : deeds.markUnread,
    },
    {
      icon: isSilent ? "bell" : "bellOff",
      word: isSilent ? "Unmute notifications" : "Mute notifications",
      act: isSilent ? deeds.unmute : deeds.mute,
    },
    {
      icon: isArchived ? "unarchive" : "archive",
      word: isArchived ? "Unarchive" : "Archive",
      act: isArchived ? deeds.unarchive : deeds.archive,
    },
    { icon: "hide", word: "Hide until a new message", act: deeds.hide },
    { icon: "bin", word: "Clear history…", isGrave: true, act: onClearHistory },
  ];
  return items.filter((item) => item !== false);
}
