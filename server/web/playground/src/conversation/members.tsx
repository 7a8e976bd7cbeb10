// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConversationState, TernClient } from "@tern/client";
import { Avatar } from "../ground/avatar.js";
import { Icon } from "../ground/icons.js";
import { Modal } from "../ground/modal.js";
import { isUserId } from "../ground/people.js";

const ROLE_WORDS = { owner: "Owner", moderator: "Moderator", member: "", unknown: "" } as const;

interface MembersProps {
  readonly client: TernClient;
  readonly state: ConversationState;
  readonly me: string;
  readonly onLeft: () => void;
  readonly onProblem: (error: unknown) => void;
  readonly onClose: () => void;
}

/** Who is in the group; owners and moderators add and remove. */
export function Members(props: MembersProps): JSX.Element {
  const { client, state, me, onLeft, onProblem, onClose } = props;
  const { conversationId } = state;
  const own = state.members.find(({ userId }) => userId === me);
  const mayChange = own?.role === "owner" || own?.role === "moderator";
  return (
    <Modal title={`${state.members.length} members`} onClose={onClose}>
      {mayChange && (
        <AddMember
          onAdd={(userId) => {
            client.addMembers(conversationId, [userId]).catch(onProblem);
          }}
        />
      )}
      <ul class="members">
        {state.members.map(({ userId, role }) => (
          <li key={userId}>
            <Avatar name={userId} size="small" />
            <span class="member-name">
              <bdi>{userId}</bdi>
              {userId === me && " (you)"}
            </span>
            {ROLE_WORDS[role] !== "" && <span class="role">{ROLE_WORDS[role]}</span>}
            {mayChange && userId !== me && role !== "owner" && (
              <button
                type="button"
                class="round round-small"
                aria-label={`Remove ${userId}`}
                onClick={() => {
                  client.removeMembers(conversationId, [userId]).catch(onProblem);
                }}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          client.leave(conversationId).then(onLeft, onProblem);
        }}
      >
        <Icon name="leave" />
        Leave the group
      </button>
    </Modal>
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
