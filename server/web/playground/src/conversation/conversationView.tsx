// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ConversationState, TernClient } from "@tern/client";
import { useAnnouncement } from "../ground/announcement.js";
import { Avatar } from "../ground/avatar.js";
import { useConversation } from "../ground/hooks.js";
import { Icon } from "../ground/icons.js";
import { titleOf } from "../ground/wording.js";
import { GroupDialog } from "../group/groupDialog.js";
import { RoomBadge } from "../open/roomBadge.js";
import { BlockedNote } from "../people/blockedNote.js";
import { usePeople, useWatched } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";
import { SearchDialog } from "../search/searchDialog.js";
import { Composer } from "./composer.js";
import { useDesk } from "./desk.js";
import { DeskSurface } from "./deskSurface.js";
import { EVERYONE } from "./mentions.js";
import { PinnedBar } from "./pinned.js";
import { Subtitle } from "./subtitle.js";
import { Timeline } from "./timeline.js";

/** More names than these stand on no line. */
const MOST_WATCHED = 100;

interface ConversationViewProps {
  readonly client: TernClient;
  readonly me: string;
  readonly conversationId: string;
  readonly peerId: string;
  /** The message that is to be shown in its place. */
  readonly target: { readonly sequence: number } | undefined;
  readonly onBack: () => void;
  readonly onProblem: (error: unknown) => void;
}

/** One conversation: who is in it, what was said, and where to write. */
export function ConversationView(props: ConversationViewProps): JSX.Element {
  const { client, me, conversationId, onBack, onProblem } = props;
  const conversation = useMemo(() => client.conversation(conversationId), [client, conversationId]);
  const state = useConversation(conversation);
  const [showsMembers, setShowsMembers] = useState(false);
  const [said, announce] = useAnnouncement();
  const [isSearching, setSearching] = useState(false);
  const desk = useDesk(client, conversation, { onProblem, announce, leave: onBack });
  useTarget(state, props.target, desk.jump);
  const isGroup = state.details !== undefined && state.details.kind !== "direct";
  const peerId = props.peerId || state.members.find(({ userId }) => userId !== me)?.userId || "";
  const people = usePeople();
  const title = titleOf(state.details, peerId, people.nameOf);
  useWatched(shownIn(state));
  const names = useNames(state, me, isGroup);

  return (
    <div class="conversation">
      <header class="conversation-head">
        <button type="button" class="round back" aria-label="Back to the list" onClick={onBack}>
          <Icon name="back" />
        </button>
        <Face {...{ state, title, isGroup, peerId }} />
        <div class="conversation-title">
          <h2>
            <bdi class="one-line">{title}</bdi>
          </h2>
          <Subtitle state={state} isGroup={isGroup} peerId={peerId} />
        </div>
        <RoomBadge client={client} state={state} />
        {!state.isGone && <SearchButton onOpen={setSearching} />}
        {isGroup && !state.isGone && (
          <button
            type="button"
            class="round"
            aria-label="Members"
            onClick={() => {
              setShowsMembers(true);
            }}
          >
            <Icon name="group" />
          </button>
        )}
      </header>
      {state.isGone ? (
        <p class="timeline-empty timeline">You are not in this conversation.</p>
      ) : (
        <>
          <PinnedBar desk={desk} state={state} me={me} />
          <Timeline {...{ desk, state, me, names, onProblem }} />
          {!isGroup && people.state.blocked.has(peerId) ? (
            <BlockedNote userId={peerId} onProblem={onProblem} />
          ) : (
            <Composer {...{ desk, state, me, title, names, onProblem }} />
          )}
          <DeskSurface {...{ desk, state, me, onProblem }} />
        </>
      )}
      {said}
      {isSearching && (
        <SearchDialog
          {...{ client, me, conversationId, title }}
          onJump={desk.jump}
          onClose={() => {
            setSearching(false);
          }}
        />
      )}
      {showsMembers && !state.isGone && (
        <GroupDialog
          state={state}
          onLeft={onBack}
          onClose={() => {
            setShowsMembers(false);
          }}
        />
      )}
    </div>
  );
}

function SearchButton({ onOpen }: { readonly onOpen: (is: true) => void }): JSX.Element {
  return (
    <button
      type="button"
      class="round"
      aria-label="Search in this conversation"
      title="Search"
      onClick={() => {
        onOpen(true);
      }}
    >
      <Icon name="search" />
    </button>
  );
}

/** Those whose names stand here: who wrote, and the first members. */
function shownIn({ members, messages }: ConversationState): readonly string[] {
  const first = members.slice(0, MOST_WATCHED).map(({ userId }) => userId);
  return [...messages.map(({ senderId }) => senderId), ...first];
}

interface FaceProps {
  readonly state: ConversationState;
  readonly title: string;
  readonly isGroup: boolean;
  readonly peerId: string;
}

/** The group's picture, or the other one's, which leads to their card. */
function Face({ state, title, isGroup, peerId }: FaceProps): JSX.Element {
  const { show } = usePeople();
  if (isGroup) {
    return <Avatar name={title} picture={state.details?.imageUrl ?? ""} isGroup />;
  }
  return (
    <button
      type="button"
      class="face"
      aria-label={`About ${title}`}
      title={`About ${title}`}
      onClick={() => {
        show(peerId);
      }}
    >
      <PersonAvatar userId={peerId} />
    </button>
  );
}

/** Goes to a message that was found elsewhere, once it is known what is here. */
function useTarget(
  { isLoaded, isBehind }: ConversationState,
  target: { readonly sequence: number } | undefined,
  jump: (sequence: number) => void,
): void {
  const isReady = isLoaded && !isBehind;
  const gone = useRef<typeof target>(undefined);
  useEffect(() => {
    if (isReady && target !== undefined && gone.current !== target) {
      gone.current = target;
      jump(target.sequence);
    }
  }, [isReady, target, jump]);
}

/** Who can be mentioned here. */
function useNames(state: ConversationState, me: string, isGroup: boolean): readonly string[] {
  return useMemo(() => {
    const others = state.members.map(({ userId }) => userId).filter((userId) => userId !== me);
    return isGroup ? [...others, EVERYONE] : others;
  }, [state.members, me, isGroup]);
}
