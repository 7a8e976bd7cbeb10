// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { InboxEntry, Message, TernClient } from "@tern/client";
import { Avatar } from "../ground/avatar.js";
import { Badge } from "../ground/badge.js";
import { directionOf, whenOf } from "../ground/format.js";
import { useEvents } from "../ground/hooks.js";
import { Icon } from "../ground/icons.js";
import { type NameOf, previewOf, titleOf } from "../ground/wording.js";
import { useNames, useWatched } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";

interface ConversationListProps {
  readonly client: TernClient;
  readonly me: string;
  readonly selected: string | undefined;
  readonly onSelect: (conversationId: string) => void;
  readonly onNew: () => void;
}

/** The conversations by activity, each with its newest message and what is unread. */
export function ConversationList(props: ConversationListProps): JSX.Element {
  const { client, me, selected, onSelect, onNew } = props;
  useEvents(client, "inbox");
  const { entries, badge, isLoaded } = client.inbox;
  useWatched(entries.flatMap(({ peerId, lastMessage }) => [peerId, lastMessage?.senderId ?? ""]));
  return (
    <nav class="list" aria-label={`${me}’s conversations`}>
      <div class="list-head">
        <h2>
          Chats
          <Badge unread={badge} testId="badge" />
        </h2>
        <button type="button" class="round" aria-label="New conversation" onClick={onNew}>
          <Icon name="plus" />
        </button>
      </div>
      {entries.length > 0 ? (
        <ul class="list-rows">
          {entries.map((entry) => (
            <li key={entry.conversation.conversationId}>
              <ConversationRow
                entry={entry}
                me={me}
                isSelected={entry.conversation.conversationId === selected}
                onSelect={onSelect}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p class="list-empty">{isLoaded ? "Nothing here yet." : "Loading…"}</p>
      )}
    </nav>
  );
}

interface ConversationRowProps {
  readonly entry: InboxEntry;
  readonly me: string;
  readonly isSelected: boolean;
  readonly onSelect: (conversationId: string) => void;
}

function ConversationRow({ entry, me, isSelected, onSelect }: ConversationRowProps): JSX.Element {
  const { conversation, lastMessage, unread, activeAtMs, peerId } = entry;
  const nameOf = useNames();
  const title = titleOf(conversation, peerId, nameOf);
  const isGroup = conversation.kind !== "direct";
  const words = lastMessage === undefined ? "No messages yet" : previewOf(lastMessage, me, nameOf);
  return (
    <button
      type="button"
      class="row"
      aria-current={isSelected}
      data-unread={unread}
      onClick={() => {
        onSelect(conversation.conversationId);
      }}
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
        <span class="row-preview">
          <From name={fromOf(lastMessage, me, isGroup, nameOf)} />
          <span class="one-line" dir={directionOf(words) ?? "auto"}>
            {words}
          </span>
        </span>
        <Badge unread={unread} />
      </span>
    </button>
  );
}

function From({ name }: { readonly name: string }): JSX.Element | null {
  return name === "" ? null : (
    <span class="row-from">
      <bdi class="one-line">{name}</bdi>:
    </span>
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
