// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { usePeople } from "./peopleView.js";

interface BlockedNoteProps {
  readonly userId: string;
  readonly onProblem: (error: unknown) => void;
}

/** Stands where one would write to somebody whom one has blocked. */
export function BlockedNote({ userId, onProblem }: BlockedNoteProps): JSX.Element {
  const { client, nameOf } = usePeople();
  return (
    <p class="composer blocked-note" role="note">
      <span>
        You have blocked <bdi>{nameOf(userId)}</bdi>: nothing goes between the two of you.
      </span>
      <button
        type="button"
        class="button button-plain button-small"
        onClick={() => {
          client.people.unblock(userId).catch(onProblem);
        }}
      >
        Unblock
      </button>
    </p>
  );
}
