// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationDetails, OpenRoom, TernClient } from "@tern/client";
import { TernError } from "@tern/client";
import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { Icon } from "../ground/icons.js";
import { Modal } from "../ground/modal.js";
import { isUserId } from "../ground/people.js";
import { problemOf } from "../ground/wording.js";
import { useNames, useWatched } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";
import { roomLinkOf } from "./roomLink.js";

interface RoomDialogProps {
  readonly client: TernClient;
  readonly room: OpenRoom;
  readonly details: ConversationDetails;
  readonly onClose: () => void;
}

/** What the parts of the dialog work with. */
interface RoomRule {
  readonly room: OpenRoom;
  /** Waits for a change, and tells what became of it. */
  readonly settle: (change: Promise<unknown>, done: string) => void;
}

const ACCESS_WORDS = {
  public: "Everybody who has the link may watch.",
  list: "Only those on the list may watch.",
  grant: "Whose access token says so may watch.",
  unknown: "",
} as const;

/** About a room, for its members: its link, and for those who lead it who may watch and write. */
export function RoomDialog({ client, room, details, onClose }: RoomDialogProps): JSX.Element {
  const [said, setSaid] = useState({ done: "", problem: "" });
  const group = useMemo(() => client.group(room.conversationId), [client, room]);
  const { mayModerate, mayRule } = group.rights;
  const { watching } = details;
  const settle = useCallback((change: Promise<unknown>, done: string) => {
    change.then(
      () => {
        setSaid({ done, problem: "" });
      },
      (error: unknown) => {
        const code = error instanceof TernError ? error.code : "UNKNOWN";
        setSaid({ done: "", problem: problemOf(code) });
      },
    );
  }, []);
  return (
    <Modal title="About this room" onClose={onClose}>
      <div class="panel">
        <p class="hint">{ACCESS_WORDS[watching?.access ?? "unknown"]}</p>
        <RoomLink link={roomLinkOf(room.conversationId)} settle={settle} />
        {mayRule && (
          <label class="tick-box">
            <input
              type="checkbox"
              checked={watching?.watchersPost === true}
              onChange={({ currentTarget: { checked } }) => {
                settle(group.change({ watchersPost: checked }), "Saved");
              }}
            />
            Who watches may write, too
          </label>
        )}
        {mayModerate && watching?.access === "list" && <WatchList room={room} settle={settle} />}
        {mayModerate && (
          <SomeUser
            label="Who to ban"
            deed="Ban"
            onUser={(userId) => {
              settle(group.ban(userId), `${userId} is banned`);
            }}
          />
        )}
      </div>
      <p class="profile-said" role="status">
        {said.done}
      </p>
      <p class="form-problem" role="alert">
        {said.problem}
      </p>
    </Modal>
  );
}

function RoomLink({ link, settle }: Pick<RoomRule, "settle"> & { link: string }): JSX.Element {
  return (
    <div class="add-member">
      <input
        readOnly
        dir="ltr"
        value={link}
        aria-label="The link to this room"
        onFocus={(event) => {
          event.currentTarget.select();
        }}
      />
      <button
        type="button"
        class="button button-plain"
        onClick={() => {
          settle(navigator.clipboard.writeText(link), "Copied");
        }}
      >
        <Icon name="copy" />
        Copy
      </button>
    </div>
  );
}

/** Those who may watch: the first of them; more than a page are a backend's work. */
function WatchList({ room, settle }: RoomRule): JSX.Element {
  const [userIds, setUserIds] = useState<readonly string[] | undefined>();
  const nameOf = useNames();
  const read = useCallback(
    () =>
      room.readList().then((page) => {
        setUserIds(page.userIds);
      }),
    [room],
  );
  useEffect(() => {
    settle(read(), "");
  }, [read, settle]);
  useWatched(userIds ?? []);
  return (
    <section class="part" aria-label="Who may watch">
      <SomeUser
        label="Who may watch, too"
        deed="Let in"
        onUser={(userId) => {
          settle(room.changeList({ add: [userId] }).then(read), `${userId} may watch`);
        }}
      />
      <ul class="members" aria-busy={userIds === undefined}>
        {userIds?.map((userId) => (
          <li key={userId} data-listed={userId}>
            <PersonAvatar userId={userId} />
            <bdi class="member-name">{nameOf(userId)}</bdi>
            <button
              type="button"
              class="button button-plain button-small"
              aria-label={`Take off ${nameOf(userId)}`}
              onClick={() => {
                const done = `${userId} may not watch any more`;
                settle(room.changeList({ remove: [userId] }).then(read), done);
              }}
            >
              Take off
            </button>
          </li>
        ))}
      </ul>
      {userIds?.length === 0 && <p class="hint">Nobody is on the list yet.</p>}
    </section>
  );
}

interface SomeUserProps {
  readonly label: string;
  readonly deed: string;
  readonly onUser: (userId: string) => void;
}

/** A user's id, and what is to be done to them. */
function SomeUser({ label, deed, onUser }: SomeUserProps): JSX.Element {
  const [userId, setUserId] = useState("");
  return (
    <form
      class="add-member"
      onSubmit={(event) => {
        event.preventDefault();
        onUser(userId);
        setUserId("");
      }}
    >
      <input
        dir="auto"
        value={userId}
        list="suggested-users"
        maxLength={64}
        placeholder={label}
        aria-label={label}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => {
          setUserId(event.currentTarget.value);
        }}
      />
      <button type="submit" class="button button-plain" disabled={!isUserId(userId)}>
        {deed}
      </button>
    </form>
  );
}
