// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Member } from "@tern/client";
import { Icon } from "../ground/icons.js";
import { isUserId } from "../ground/people.js";
import { presenceOf } from "../people/peopleWords.js";
import { usePeople, useWatched } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";
import { type GroupView, membersFor, ROLE_WORDS, untilWords } from "./groupView.js";
import { MemberMenu } from "./memberMenu.js";

/** From so many members on one searches. */
const MANY = 6;

/** Who is in the group, who leads it, who is there now. */
export function Members({ view }: { readonly view: GroupView }): JSX.Element {
  const { client, group, state, settle } = view;
  const { nameOf } = usePeople();
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState<Opened | undefined>();
  const members = membersFor(state.members, typed, nameOf);
  const chosen = members.find(({ userId }) => userId === opened?.userId);
  useWatched(members.map(({ userId }) => userId));
  return (
    <>
      {group.rights.mayAdd && (
        <AddMember
          onAdd={(userId) => {
            settle(client.addMembers(state.conversationId, [userId]), "Added");
          }}
        />
      )}
      {state.members.length >= MANY && (
        <input
          class="filter"
          type="search"
          dir="auto"
          value={typed}
          aria-label="Search members"
          placeholder="Search members"
          onInput={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
      )}
      <ul class="members" aria-label="Members">
        {members.map((member) => (
          <MemberRow
            key={member.userId}
            view={view}
            member={member}
            isOpen={member.userId === opened?.userId}
            onMenu={(anchor) => {
              setOpened({ userId: member.userId, anchor });
            }}
          />
        ))}
      </ul>
      {members.length === 0 && <p class="hint">Nobody is called so.</p>}
      {opened !== undefined && chosen !== undefined && (
        <MemberMenu
          view={view}
          member={chosen}
          anchor={opened.anchor}
          onClose={() => {
            setOpened(undefined);
          }}
        />
      )}
    </>
  );
}

interface Opened {
  readonly userId: string;
  readonly anchor: HTMLElement;
}

interface MemberRowProps {
  readonly view: GroupView;
  readonly member: Member;
  readonly isOpen: boolean;
  readonly onMenu: (anchor: HTMLElement) => void;
}

function MemberRow({ view, member, isOpen, onMenu }: MemberRowProps): JSX.Element {
  const { state, nameOf, show } = usePeople();
  const { userId, role, mutedUntilMs } = member;
  const { mayRemove, mayMute, roles } = view.group.rightsOver(member);
  const isMuted = mutedUntilMs > Date.now();
  const about = [
    isMuted ? `Muted ${untilWords(mutedUntilMs, Date.now())}` : "",
    presenceOf(state.presences.get(userId), Date.now()),
  ].filter((words) => words !== "");
  return (
    <li data-member={userId}>
      <button
        type="button"
        class="member"
        onClick={() => {
          show(userId);
        }}
      >
        <PersonAvatar userId={userId} />
        <span class="member-lines">
          <span class="member-name">
            <bdi>{nameOf(userId)}</bdi>
            {userId === view.me && " (you)"}
          </span>
          {about.length > 0 && <span class="member-about">{about.join(" · ")}</span>}
        </span>
      </button>
      {role !== "member" && role !== "unknown" && <span class="role">{ROLE_WORDS[role]}</span>}
      {(mayRemove || mayMute || roles.length > 0) && (
        <button
          type="button"
          class="round round-small"
          aria-label={`What to do with ${nameOf(userId)}`}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onClick={(event) => {
            onMenu(event.currentTarget);
          }}
        >
          <Icon name="more" />
        </button>
      )}
    </li>
  );
}

function AddMember({ onAdd }: { readonly onAdd: (userId: string) => void }): JSX.Element {
  const [text, setText] = useState("");
  return (
    <form
      class="add-member"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(text);
        setText("");
      }}
    >
      <input
        value={text}
        list="suggested-users"
        aria-label="Who to add"
        placeholder="Add somebody"
        maxLength={64}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <button type="submit" class="button" disabled={!isUserId(text)}>
        Add
      </button>
    </form>
  );
}
