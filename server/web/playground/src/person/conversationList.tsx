// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { InboxEntry, SearchHit, TernClient } from "@tern/client";
import { useAnnouncement } from "../ground/announcement.js";
import { Badge } from "../ground/badge.js";
import { Confirmation } from "../ground/confirmation.js";
import { useEvents } from "../ground/hooks.js";
import { Icon } from "../ground/icons.js";
import { moveFocus } from "../ground/roving.js";
import { titleOf } from "../ground/wording.js";
import { useNames, useWatched } from "../people/peopleView.js";
import { SearchPanel } from "../search/searchPanel.js";
import { ConversationRow } from "./conversationRow.js";
import { deedsFor } from "./listDeeds.js";
import { RowMenu } from "./rowMenu.js";

interface ConversationListProps {
  readonly client: TernClient;
  readonly me: string;
  readonly selected: string | undefined;
  readonly onSelect: (conversationId: string | undefined) => void;
  /** A message was found, and is to be shown in its place. */
  readonly onFound: (hit: SearchHit) => void;
  readonly onNew: () => void;
  /** Live rooms are to be found or made. */
  readonly onRooms: () => void;
  readonly onProblem: (error: unknown) => void;
}

/** What stands open above the list. */
type Opened =
  | { readonly kind: "menu"; readonly conversationId: string; readonly anchor: HTMLElement }
  | { readonly kind: "clearing"; readonly conversationId: string };

/** The conversations by activity, or the archived ones, or what a search has found in them. */
export function ConversationList(props: ConversationListProps): JSX.Element {
  const { client, me, onFound } = props;
  useEvents(client, "inbox", "draft");
  const [isSearching, setSearching] = useState(false);
  const { entries, archived, isLoaded } = client.inbox;
  const [isArchive, setArchive] = useState(false);
  const everybody = [...entries, ...archived];
  useWatched(everybody.flatMap((one) => [one.peerId, one.lastMessage?.senderId ?? ""]));
  const showsArchive = isArchive && archived.length > 0;
  useEffect(() => {
    if (archived.length === 0) {
      setArchive(false);
    }
  }, [archived.length]);
  useEffect(() => {
    if (isLoaded) {
      // What fails now is asked for by the next start; what is archived later comes by itself.
      client.list.loadArchived().catch(() => undefined);
    }
  }, [client, isLoaded]);
  return (
    <nav class="list" aria-label={`${me}’s conversations`}>
      <Head {...props} isArchive={showsArchive} onArchive={setArchive} />
      <SearchPanel
        client={client}
        me={me}
        label="Search all conversations"
        onFound={onFound}
        onSearching={setSearching}
      />
      {!isSearching && (
        <Rows
          {...props}
          entries={showsArchive ? archived : entries}
          archivedCount={showsArchive ? 0 : archived.length}
          onArchive={setArchive}
        />
      )}
    </nav>
  );
}

interface HeadProps extends ConversationListProps {
  readonly isArchive: boolean;
  readonly onArchive: (isArchive: boolean) => void;
}

function Head({ client, isArchive, onArchive, onNew, onRooms }: HeadProps): JSX.Element {
  return (
    <div class="list-head">
      {isArchive && (
        <button
          type="button"
          class="round list-back"
          aria-label="Back to all chats"
          onClick={() => {
            onArchive(false);
          }}
        >
          <Icon name="back" />
        </button>
      )}
      <h2>
        {isArchive ? "Archived" : "Chats"}
        {!isArchive && <Badge unread={client.inbox.badge} testId="badge" />}
      </h2>
      <button
        type="button"
        class="round"
        aria-label="Live rooms"
        title="Live rooms"
        onClick={onRooms}
      >
        <Icon name="live" />
      </button>
      <button type="button" class="round" aria-label="New conversation" onClick={onNew}>
        <Icon name="plus" />
      </button>
    </div>
  );
}

interface RowsProps extends ConversationListProps {
  readonly entries: readonly InboxEntry[];
  readonly archivedCount: number;
  readonly onArchive: (isArchive: boolean) => void;
}

function Rows(props: RowsProps): JSX.Element {
  const { client, me, selected, onSelect, entries, archivedCount, onArchive } = props;
  const [opened, open] = useState<Opened | undefined>();
  const [said, announce] = useAnnouncement();
  return (
    <div
      class="list-rows"
      onKeyDown={(event) => {
        // Keys of a menu or a dialog above it come by here as well.
        if (event.target instanceof Element && event.target.matches(".row")) {
          moveFocus(event, ".row");
        }
      }}
    >
      {archivedCount > 0 && (
        <button
          type="button"
          class="row row-archive"
          onClick={() => {
            onArchive(true);
          }}
        >
          <Icon name="archive" />
          <span class="row-title">Archived</span>
          <span class="row-when">{archivedCount}</span>
        </button>
      )}
      {entries.length > 0 ? (
        <ul>
          {entries.map((entry) => {
            const { conversationId } = entry.conversation;
            const isSelected = conversationId === selected;
            return (
              <li key={conversationId} class="row-item">
                <ConversationRow
                  {...{ entry, me, isSelected, onSelect }}
                  draft={isSelected ? "" : client.drafts.of(conversationId).text}
                  hasMenu={opened?.kind === "menu" && opened.conversationId === conversationId}
                  onMenu={(_, anchor) => {
                    open({ kind: "menu", conversationId, anchor });
                  }}
                />
              </li>
            );
          })}
        </ul>
      ) : (
        <p class="list-empty">{client.inbox.isLoaded ? "Nothing here yet." : "Loading…"}</p>
      )}
      {opened !== undefined && <OverRow {...props} {...{ opened, open, announce }} />}
      {said}
    </div>
  );
}

interface OverRowProps extends RowsProps {
  readonly opened: Opened;
  readonly open: (opened: Opened | undefined) => void;
  readonly announce: (text: string) => void;
}

/** The menu of a conversation, or the question before its history is cleared. */
function OverRow(props: OverRowProps): JSX.Element | null {
  const { client, entries, selected, opened, open, announce, onSelect, onProblem } = props;
  const { conversationId } = opened;
  const nameOf = useNames();
  const entry = entries.find((one) => one.conversation.conversationId === conversationId);
  if (entry === undefined) {
    return null;
  }
  const close = (): void => {
    open(undefined);
  };
  const onLeave = (left: string): void => {
    if (left === selected) {
      onSelect(undefined);
    }
  };
  const deeds = deedsFor(client, entry, { announce, onProblem, onLeave });
  const title = titleOf(entry.conversation, entry.peerId, nameOf);
  return opened.kind === "menu" ? (
    <RowMenu
      {...{ entry, title, deeds }}
      anchor={opened.anchor}
      onClearHistory={() => {
        open({ kind: "clearing", conversationId });
      }}
      onClose={close}
    />
  ) : (
    <Confirmation
      title="Clear this history?"
      deed="Clear history"
      onDo={deeds.clearHistory}
      onClose={close}
    >
      <p>
        All messages of <bdi>{title}</bdi> up to now disappear on all of your devices, for good. The
        others keep theirs.
      </p>
    </Confirmation>
  );
}
