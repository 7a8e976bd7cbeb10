// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Modal } from "../ground/modal.js";
import { isUserId } from "../ground/people.js";
import { roomIdFrom } from "./roomLink.js";

/** Who came by a link to watch a room. */
export interface Watching {
  readonly userId: string;
  readonly roomId: string;
}

interface WatchLinkProps {
  readonly people: readonly string[];
  readonly onWatch: (watching: Watching) => void;
}

/** The address leads into a room: in this playground anybody may be anybody, so who watches? */
export function WatchLink({ people, onWatch }: WatchLinkProps): JSX.Element | null {
  const [roomId, setRoomId] = useState(() => roomIdFrom(location.hash));
  const [userId, setUserId] = useState(people.at(-1) ?? "");
  useEffect(() => {
    const changed = (): void => {
      setRoomId(roomIdFrom(location.hash));
    };
    window.addEventListener("hashchange", changed);
    return () => {
      window.removeEventListener("hashchange", changed);
    };
  }, []);
  if (roomId === undefined) {
    return null;
  }
  return (
    <Modal
      title="A live room"
      onClose={() => {
        setRoomId(undefined);
      }}
    >
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          setRoomId(undefined);
          onWatch({ userId, roomId });
        }}
      >
        <p>This link leads into a room that one watches.</p>
        <label class="field">
          <span>Who watches?</span>
          <input
            value={userId}
            list="suggested-users"
            maxLength={64}
            autofocus
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            onInput={(event) => {
              setUserId(event.currentTarget.value);
            }}
          />
        </label>
        <button type="submit" class="button" disabled={!isUserId(userId)}>
          Watch
        </button>
      </form>
    </Modal>
  );
}
