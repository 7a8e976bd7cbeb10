// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { OpenRoom, OpenRoomState, Posting, TernClient } from "@tern/client";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { useClock } from "../ground/hooks.js";

/** A room on the screen: its state, and another try where watching has ended. */
export interface WatchedRoom {
  readonly room: OpenRoom;
  readonly state: OpenRoomState;
  readonly again: () => void;
}

/** Watches a room while this is on the screen. */
export function useRoom(client: TernClient, roomId: string): WatchedRoom {
  const room = useMemo(() => client.open.room(roomId), [client, roomId]);
  const [state, setState] = useState(room.state);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const stop = room.watch(setState);
    setState(room.state);
    return stop;
  }, [room, tries]);
  const again = useCallback(() => {
    setTries((count) => count + 1);
  }, []);
  return { room, state: state.conversationId === roomId ? state : room.state, again };
}

/** Whether one may post now; looks at the clock while that ends by itself. */
export function usePostingIn({ room, state }: WatchedRoom): Posting {
  const [isRunning, setRunning] = useState(false);
  const now = useClock(isRunning);
  const posting = useMemo(() => room.postingNow(), [room, state, now]);
  const ends = !posting.may && "untilMs" in posting;
  useEffect(() => {
    setRunning(ends);
  }, [ends]);
  return posting;
}
