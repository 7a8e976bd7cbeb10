// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { InboxEntry } from "@tern/client";
import { Floating } from "../ground/floating.js";
import { Icon, type IconName } from "../ground/icons.js";
import { moveFocus } from "../ground/roving.js";
import { isMuted, LEVELS, type ListDeeds, MUTE_TERMS } from "./listDeeds.js";

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
  /** Of choices that exclude one another: whether it is the one. */
  readonly isChosen?: boolean;
  /** Undefined where it leads to the page of notifications. */
  readonly act?: () => void;
}

/** What a person does with a conversation in their own list. */
export function RowMenu(props: RowMenuProps): JSX.Element {
  const { title, anchor, onClose } = props;
  const [isOfBell, showBell] = useState(false);
  const items = isOfBell ? bellItems(props) : itemsFor(props);
  return (
    <Floating
      key={String(isOfBell)}
      anchor={anchor}
      class="menu"
      role="menu"
      label={isOfBell ? `Notifications of ${title}` : `Conversation ${title}`}
      onClose={onClose}
      onKeyDown={(event) => {
        moveFocus(event, "[role^=menuitem]");
      }}
    >
      {items.map((item, index) => (
        <MenuItem
          key={item.word}
          item={item}
          isFirst={index === 0}
          onPick={() => {
            if (item.act === undefined) {
              showBell(true);
            } else {
              onClose();
              item.act();
            }
          }}
        />
      ))}
    </Floating>
  );
}

interface MenuItemProps {
  readonly item: Item;
  readonly isFirst: boolean;
  readonly onPick: () => void;
}

function MenuItem({ item, isFirst, onPick }: MenuItemProps): JSX.Element {
  const { icon, word, isGrave = false, isChosen, act } = item;
  return (
    <button
      type="button"
      role={isChosen === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={isChosen}
      aria-haspopup={act === undefined ? "menu" : undefined}
      tabIndex={-1}
      class={`menu-item${isGrave ? " menu-item-grave" : ""}`}
      data-first={isFirst || undefined}
      onClick={onPick}
    >
      <Icon name={icon} />
      {word}
    </button>
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
    { icon: isSilent ? "bellOff" : "bell", word: "Notifications…" },
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

/** About which messages there are notifications, and when there are none. */
function bellItems({ entry, deeds }: RowMenuProps): readonly Item[] {
  const levels = LEVELS.map(([level, word]): Item => {
    const isChosen = entry.pushLevel === level;
    const act = (): void => {
      deeds.wakeFor(level);
    };
    return { icon: isChosen ? "radioOn" : "radioOff", word, isChosen, act };
  });
  if (isMuted(entry, Date.now())) {
    return [...levels, { icon: "bell", word: "Unmute", act: deeds.unmute }];
  }
  const terms = MUTE_TERMS.map(([forMs, words]): Item => {
    const act = (): void => {
      deeds.mute(forMs);
    };
    return { icon: "bellOff", word: `Mute ${words}`, act };
  });
  return [...levels, ...terms];
}
