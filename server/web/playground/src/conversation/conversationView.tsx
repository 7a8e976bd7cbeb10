// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ConversationState, TernClient } from "@tern/client";
import { useAnnouncement } from "../ground/announcement.js";
import { Avatar } from "../ground/avatar.js";
import { useConversation } from "../ground/hooks.js";
import { Icon } from "../ground/icons.js";
import { namesOf, titleOf } from "../ground/wording.js";
import { SearchDialog } from "../search/searchDialog.js";
import { Composer } from "./composer.js";
import { useDesk } from "./desk.js";
import { DeskSurface } from "./deskSurface.js";
import { Members } from "./members.js";
import { EVERYONE } from "./mentions.js";
import { PinnedBar } from "./pinned.js";
import { Timeline } from "./timeline.js";

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
  const title = titleOf(state.details, peerId);
  const names = useNames(state, me, isGroup);

  return (
    <div class="conversation">
      <header class="conversation-head">
        <button type="button" class="round back" aria-label="Back to the list" onClick={onBack}>
          <Icon name="back" />
        </button>
        <Avatar name={title} isGroup={isGroup} />
        <div class="conversation-title">
          <h2>
            <bdi class="one-line">{title}</bdi>
          </h2>
          <Subtitle state={state} isGroup={isGroup} />
        </div>
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
          <Composer {...{ desk, state, me, title, names, onProblem }} />
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
      {showsMembers && (
        <Members
          client={client}
          state={state}
          me={me}
          onLeft={onBack}
          onProblem={onProblem}
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

interface SubtitleProps {
  readonly state: ConversationState;
  readonly isGroup: boolean;
}

function Subtitle({ state, isGroup }: SubtitleProps): JSX.Element {
  const { typing, members } = state;
  return (
    <p class="subtitle" aria-live="polite">
      {typing.length > 0 ? (
        <span class="typing one-line">
          {isGroup ? `${namesOf(typing, "")} ${typing.length > 1 ? "are" : "is"} typing` : "typing"}
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        </span>
      ) : (
        <bdi class="one-line">
          {isGroup ? members.map(({ userId }) => userId).join(", ") : "Just the two of you"}
        </bdi>
      )}
    </p>
  );
}
