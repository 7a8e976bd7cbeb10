// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Modal } from "../ground/modal.js";
import { isUserId } from "../ground/people.js";

interface InvitedProps {
  /** Who is on the page. */
  readonly people: readonly string[];
  readonly onJoin: (userId: string) => void;
  readonly onClose: () => void;
}

/** The address holds an invitation: in this playground anybody may be anybody, so who comes? */
export function Invited({ people, onJoin, onClose }: InvitedProps): JSX.Element {
  const [userId, setUserId] = useState(people.at(-1) ?? "");
  return (
    <Modal title="You are invited" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          onJoin(userId);
        }}
      >
        <p>This link leads into a group.</p>
        <label class="field">
          <span>Who joins?</span>
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
          Join the group
        </button>
      </form>
    </Modal>
  );
}
