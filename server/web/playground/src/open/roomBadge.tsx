// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationDetails, ConversationState, TernClient } from "@tern/client";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { RoomDialog } from "./roomDialog.js";
import { countOf } from "./roomWords.js";
import { useRoom } from "./useRoom.js";

interface RoomBadgeProps {
  readonly client: TernClient;
  readonly state: ConversationState;
}

/** For those who run a room: how many watch it, and the way to its link and rules. */
export function RoomBadge({ client, state }: RoomBadgeProps): JSX.Element | null {
  const { details, isGone } = state;
  return details?.kind === "open" && !isGone ? <Badge client={client} details={details} /> : null;
}

interface BadgeProps {
  readonly client: TernClient;
  readonly details: ConversationDetails;
}

function Badge({ client, details }: BadgeProps): JSX.Element {
  const watched = useRoom(client, details.conversationId);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class="room-badge"
        aria-haspopup="dialog"
        title="About this live room"
        onClick={() => {
          setOpen(true);
        }}
      >
        <span class="unseen">Live room, </span>
        {countOf(watched.state.watchers)}
        <span class="room-badge-word"> watching</span>
      </button>
      {isOpen && (
        <RoomDialog
          client={client}
          room={watched.room}
          details={details}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
