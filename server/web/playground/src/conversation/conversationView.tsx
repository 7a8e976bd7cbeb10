// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { ConversationState, TernClient } from "@tern/client";
import { Avatar } from "../ground/avatar.js";
import { useConversation } from "../ground/hooks.js";
import { Icon } from "../ground/icons.js";
import { namesOf, titleOf } from "../ground/wording.js";
import { Composer } from "./composer.js";
import { Members } from "./members.js";
import { Timeline } from "./timeline.js";

interface ConversationViewProps {
  readonly client: TernClient;
  readonly me: string;
  readonly conversationId: string;
  readonly peerId: string;
  readonly onBack: () => void;
  readonly onProblem: (error: unknown) => void;
}

/** One conversation: who is in it, what was said, and where to write. */
export function ConversationView(props: ConversationViewProps): JSX.Element {
  const { client, me, conversationId, onBack, onProblem } = props;
  const conversation = useMemo(() => client.conversation(conversationId), [client, conversationId]);
  const state = useConversation(conversation);
  const [showsMembers, setShowsMembers] = useState(false);
  const isGroup = state.details !== undefined && state.details.kind !== "direct";
  const peerId = props.peerId || state.members.find(({ userId }) => userId !== me)?.userId || "";
  const title = titleOf(state.details, peerId);

  return (
    <div class="conversation">
      <header class="conversation-head">
        <button type="button" class="round back" aria-label="Back to the list" onClick={onBack}>
          <Icon name="back" />
        </button>
        <Avatar name={title} isGroup={isGroup} />
        <div class="conversation-title">
          <h2 dir="auto">{title}</h2>
          <Subtitle state={state} isGroup={isGroup} />
        </div>
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
          <Timeline conversation={conversation} state={state} me={me} onProblem={onProblem} />
          <Composer conversation={conversation} title={title} onProblem={onProblem} />
        </>
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

interface SubtitleProps {
  readonly state: ConversationState;
  readonly isGroup: boolean;
}

function Subtitle({ state, isGroup }: SubtitleProps): JSX.Element {
  const { typing, members } = state;
  return (
    <p class="subtitle" aria-live="polite">
      {typing.length > 0 ? (
        <span class="typing">
          {isGroup ? `${namesOf(typing, "")} ${typing.length > 1 ? "are" : "is"} typing` : "typing"}
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        </span>
      ) : (
        <bdi>
          {isGroup ? members.map(({ userId }) => userId).join(", ") : "Just the two of you"}
        </bdi>
      )}
    </p>
  );
}
