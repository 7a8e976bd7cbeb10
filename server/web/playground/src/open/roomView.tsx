// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { TernClient, TimelineMessage } from "@tern/client";
import { useAnnouncement } from "../ground/announcement.js";
import { Avatar } from "../ground/avatar.js";
import { Icon } from "../ground/icons.js";
import { previewOf } from "../ground/wording.js";
import { useNames, useWatched } from "../people/peopleView.js";
import { ReportDialog } from "../people/reportDialog.js";
import { rememberRoom, forgetRoom } from "./lately.js";
import { RoomComposer } from "./roomComposer.js";
import { RoomTimeline } from "./roomTimeline.js";
import { roomLinkOf } from "./roomLink.js";
import { endWords, standingOf } from "./roomWords.js";
import { useRoom, type WatchedRoom } from "./useRoom.js";

/** More names than these stand on no screen. */
const MOST_NAMES = 100;

/** What the person does with the messages of a room. */
export interface RoomDesk extends WatchedRoom {
  readonly me: string;
  /** The sequence of the message whose text is being changed. */
  readonly editing: number | undefined;
  readonly edit: (sequence: number | undefined) => void;
  readonly report: (message: TimelineMessage) => void;
  /** Waits for a change, and tells a screen reader what became of it. */
  readonly settle: (change: Promise<unknown>, done: string) => void;
  readonly onProblem: (error: unknown) => void;
}

interface RoomViewProps {
  readonly client: TernClient;
  readonly me: string;
  readonly roomId: string;
  readonly onLeave: () => void;
  readonly onProblem: (error: unknown) => void;
}

/** A live room that one watches without being a member. */
export function RoomView({ client, me, roomId, onLeave, onProblem }: RoomViewProps): JSX.Element {
  const watched = useRoom(client, roomId);
  const { state, again } = watched;
  const [said, announce] = useAnnouncement();
  const [editing, edit] = useState<number | undefined>();
  const [reported, report] = useState<TimelineMessage | undefined>();
  const nameOf = useNames();
  const settle = (change: Promise<unknown>, done: string): void => {
    change.then(() => {
      announce(done);
    }, onProblem);
  };
  const desk: RoomDesk = { ...watched, me, editing, edit, report, settle, onProblem };
  const name = state.details?.name ?? "";
  useRemembered(me, roomId, name, state.isGone);
  useWatched(useSenders(state.messages), roomId);

  return (
    <div class="conversation room">
      <Head {...{ state, name, onLeave }} onCopy={settle} roomId={roomId} />
      {state.end === undefined ? (
        <>
          <RoomTimeline desk={desk} />
          <RoomComposer desk={desk} name={name} />
        </>
      ) : (
        <div class="timeline room-end" role="alert">
          <p>{endWords(state.end)}</p>
          <button type="button" class="button button-plain" onClick={again}>
            Try again
          </button>
        </div>
      )}
      {said}
      {reported !== undefined && (
        <ReportDialog
          subject={{ conversationId: roomId, sequence: reported.sequence }}
          what={previewOf(reported, me, nameOf)}
          onDone={() => {
            announce("Reported to the moderators");
          }}
          onClose={() => {
            report(undefined);
          }}
        />
      )}
    </div>
  );
}

interface HeadProps extends Pick<RoomViewProps, "roomId" | "onLeave">, Pick<RoomDesk, "state"> {
  readonly name: string;
  readonly onCopy: (copied: Promise<unknown>, done: string) => void;
}

function Head({ state, name, roomId, onLeave, onCopy }: HeadProps): JSX.Element {
  const isLive = !state.isGone && !state.isBehind;
  return (
    <header class="conversation-head">
      <button type="button" class="round back" aria-label="Back to the list" onClick={onLeave}>
        <Icon name="back" />
      </button>
      <Avatar name={name} picture={state.details?.imageUrl ?? ""} isGroup />
      <div class="conversation-title">
        <h2>
          <bdi class="one-line">{name || "A live room"}</bdi>
        </h2>
        <p class={`subtitle${isLive ? " is-live" : ""}`} data-testid="standing">
          {standingOf(state)}
        </p>
      </div>
      <button
        type="button"
        class="round"
        aria-label="Copy the link to this room"
        title="Copy the link"
        onClick={() => {
          onCopy(navigator.clipboard.writeText(roomLinkOf(roomId)), "The link is copied");
        }}
      >
        <Icon name="link" />
      </button>
      <button type="button" class="button button-plain button-small" onClick={onLeave}>
        Leave
      </button>
    </header>
  );
}

/** The rooms of lately lead back, as long as one may watch them. */
function useRemembered(me: string, roomId: string, name: string, isGone: boolean): void {
  useEffect(() => {
    if (isGone) {
      forgetRoom(me, roomId);
    } else if (name !== "") {
      rememberRoom(me, { roomId, name });
    }
  }, [me, roomId, name, isGone]);
}

/** Who wrote the newest messages. */
function useSenders(messages: readonly TimelineMessage[]): readonly string[] {
  return useMemo(
    () => [...new Set(messages.map(({ senderId }) => senderId))].slice(-MOST_NAMES),
    [messages],
  );
}
