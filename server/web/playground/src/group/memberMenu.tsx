// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Member } from "@tern/client";
import { Floating } from "../ground/floating.js";
import { Icon, type IconName } from "../ground/icons.js";
import { moveFocus } from "../ground/roving.js";
import { usePeople } from "../people/peopleView.js";
import { endOf, type GroupView, MADE_WORDS, TERMS } from "./groupView.js";

interface MemberMenuProps {
  readonly view: GroupView;
  readonly member: Member;
  readonly anchor: HTMLElement;
  readonly onClose: () => void;
}

interface Entry {
  readonly icon: IconName;
  readonly words: string;
  readonly isGrave?: boolean;
  /** Undefined where it leads to a second page of the menu. */
  readonly act?: () => void;
  readonly page?: Page;
}

type Page = "first" | "mute" | "ban";

/** What one may do to a member; a mute and a ban ask for how long. */
export function MemberMenu({ view, member, anchor, onClose }: MemberMenuProps): JSX.Element {
  const { nameOf } = usePeople();
  const [page, setPage] = useState<Page>("first");
  const name = nameOf(member.userId);
  const entries =
    page === "first" ? firstPage(view, member, name) : terms(view, member, page, name);
  return (
    <Floating
      key={page}
      anchor={anchor}
      class="menu"
      role="menu"
      label={page === "first" ? name : `${page === "mute" ? "Mute" : "Ban"} ${name}`}
      onClose={onClose}
      onKeyDown={(event) => {
        moveFocus(event, "[role=menuitem]");
      }}
    >
      {entries.map(({ icon, words, isGrave = false, act, page: next }, index) => (
        <button
          key={words}
          type="button"
          role="menuitem"
          tabIndex={-1}
          class={`menu-item${isGrave ? " menu-item-grave" : ""}`}
          data-first={index === 0 || undefined}
          aria-haspopup={next === undefined ? undefined : "menu"}
          onClick={() => {
            if (next === undefined) {
              onClose();
              act?.();
            } else {
              setPage(next);
            }
          }}
        >
          <Icon name={icon} />
          <bdi>{words}</bdi>
        </button>
      ))}
    </Floating>
  );
}

function firstPage(
  { client, group, state, settle }: GroupView,
  member: Member,
  name: string,
): Entry[] {
  const { userId } = member;
  const { mayRemove, mayMute, mayBan, roles } = group.rightsOver(member);
  const entries: Entry[] = roles.map((role) => ({
    icon: "crown",
    words: `Make ${MADE_WORDS[role]}`,
    act: () => {
      settle(group.setRole(userId, role), `${name} is ${MADE_WORDS[role]} now`);
    },
  }));
  if (mayMute && member.mutedUntilMs > Date.now()) {
    entries.push({
      icon: "bell",
      words: "Unmute",
      act: () => {
        settle(group.unmute(userId), `${name} may write again`);
      },
    });
  } else if (mayMute) {
    entries.push({ icon: "bellOff", words: "Mute…", page: "mute" });
  }
  if (mayRemove) {
    entries.push({
      icon: "leave",
      words: "Remove",
      isGrave: true,
      act: () => {
        settle(client.removeMembers(state.conversationId, [userId]), `${name} is removed`);
      },
    });
  }
  if (mayBan) {
    entries.push({ icon: "block", words: "Ban…", isGrave: true, page: "ban" });
  }
  return entries;
}

function terms(
  { group, settle }: GroupView,
  { userId }: Member,
  page: "mute" | "ban",
  name: string,
): Entry[] {
  const isMute = page === "mute";
  return TERMS.map(([seconds, words]) => ({
    icon: isMute ? "bellOff" : "block",
    words: `${isMute ? "Mute" : "Ban"} ${words}`,
    isGrave: !isMute,
    act: () => {
      const untilMs = endOf(seconds, Date.now());
      settle(
        isMute ? group.mute(userId, untilMs) : group.ban(userId, untilMs),
        `${name} is ${isMute ? "muted" : "banned"}`,
      );
    },
  }));
}
