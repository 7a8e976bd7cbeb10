// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { TimelineMessage } from "@tern/client";
import { Floating } from "../ground/floating.js";
import { Icon, type IconName } from "../ground/icons.js";
import { moveFocus } from "../ground/roving.js";
import { type PeopleView, usePeople } from "../people/peopleView.js";
import type { Desk } from "./desk.js";
import { QUICK } from "./emoji.js";

interface MessageMenuProps {
  readonly desk: Desk;
  readonly message: TimelineMessage;
  readonly anchor: HTMLElement;
}

interface Entry {
  readonly icon: IconName;
  readonly word: string;
  readonly isGrave?: boolean;
  readonly act: () => void;
}

/** All that the person may do to a message. */
export function MessageMenu({ desk, message, anchor }: MessageMenuProps): JSX.Element {
  const close = (): void => {
    desk.open(undefined);
  };
  const { mayReact } = desk.conversation.rightsOver(message);
  const people = usePeople();
  return (
    <Floating
      anchor={anchor}
      class="menu"
      role="menu"
      label="Message actions"
      onClose={close}
      onKeyDown={(event) => {
        moveFocus(event, "[role^=menuitem]");
      }}
    >
      {mayReact && <QuickReactions desk={desk} message={message} anchor={anchor} />}
      {entriesFor(desk, message, people).map(({ icon, word, isGrave = false, act }, index) => (
        <button
          key={word}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={`menu-item${isGrave ? " menu-item-grave" : ""}`}
          data-first={(!mayReact && index === 0) || undefined}
          onClick={() => {
            close();
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

function QuickReactions({ desk, message, anchor }: MessageMenuProps): JSX.Element {
  const { sequence } = message;
  return (
    <div class="menu-quick" role="group" aria-label="React">
      {QUICK.map(([sign, name], index) => (
        <button
          key={sign}
          type="button"
          role="menuitemcheckbox"
          tabIndex={-1}
          class="picker-emoji"
          data-first={index === 0 || undefined}
          aria-checked={message.ownReactions.includes(sign)}
          aria-label={name}
          title={name}
          onClick={() => {
            desk.open(undefined);
            desk.toggle(message, sign);
          }}
        >
          {sign}
        </button>
      ))}
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        class="picker-emoji"
        aria-label="More reactions"
        title="More reactions"
        onClick={() => {
          desk.open({ kind: "picker", sequence, anchor });
        }}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}

/** Whether its content may go elsewhere: not what others there could not read. */
function mayForward({ sequence, deletedAtMs, content }: TimelineMessage): boolean {
  const isKept = sequence > 0 && deletedAtMs === 0;
  return isKept && content.type !== "encrypted" && content.type !== "none";
}

/** Of a message that is kept: what it did on the devices of its recipients. */
function whyNoPush(desk: Desk, sequence: number): Entry | false {
  return (
    sequence > 0 && {
      icon: "phone",
      word: "Why was there no push?",
      act: () => {
        desk.open({ kind: "pushes", sequence });
      },
    }
  );
}

/** Of somebody else’s message: who that is, and a way to the moderators. */
function aboutSender(
  desk: Desk,
  { senderId, sequence }: TimelineMessage,
  { me, nameOf, show }: PeopleView,
): readonly (Entry | false)[] {
  return senderId === me
    ? []
    : [
        desk.conversation.state.details?.kind !== "direct" && {
          icon: "person",
          word: `About ${nameOf(senderId)}`,
          act: () => {
            show(senderId);
          },
        },
        {
          icon: "flag",
          word: "Report",
          isGrave: true,
          act: () => {
            desk.open({ kind: "report", sequence });
          },
        },
      ];
}

function entriesFor(desk: Desk, message: TimelineMessage, people: PeopleView): readonly Entry[] {
  const { conversation } = desk;
  const { sequence, content } = message;
  const rights = conversation.rightsOver(message);
  const isPinned = message.pinnedAtMs > 0;
  const text = content.type === "text" && message.deletedAtMs === 0 ? content.text : "";
  const entries: (Entry | false)[] = [
    rights.mayReply && {
      icon: "reply",
      word: "Reply",
      act: () => {
        desk.reply(sequence);
      },
    },
    text !== "" && {
      icon: "copy",
      word: "Copy text",
      act: () => {
        desk.settle(navigator.clipboard.writeText(text), "Copied");
      },
    },
    rights.mayEdit &&
      text !== "" && {
        icon: "edit",
        word: "Edit",
        act: () => {
          desk.edit(sequence);
        },
      },
    rights.mayReadEdits && {
      icon: "clock",
      word: "Edit history",
      act: () => {
        desk.open({ kind: "edits", sequence });
      },
    },
    mayForward(message) && {
      icon: "forward",
      word: "Forward",
      act: () => {
        desk.open({ kind: "forward", sequence });
      },
    },
    whyNoPush(desk, sequence),
    message.tick === undefined && {
      icon: "unread",
      word: "Mark as unread from here",
      act: () => {
        const { client, leave } = desk;
        leave();
        desk.settle(client.list.markUnread(conversation.conversationId, sequence));
      },
    },
    rights.mayPin && {
      icon: "pin",
      word: isPinned ? "Unpin" : "Pin",
      act: () => {
        desk.settle(
          isPinned ? conversation.unpin(sequence) : conversation.pin(sequence),
          isPinned ? "Unpinned" : "Pinned",
        );
      },
    },
    rights.mayDelete && {
      icon: "bin",
      word: "Delete",
      isGrave: true,
      act: () => {
        desk.open({ kind: "deletion", sequence });
      },
    },
    ...aboutSender(desk, message, people),
  ];
  return entries.filter((entry) => entry !== false);
}
