// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { TimelineMessage } from "@tern/client";
import { Icon } from "../ground/icons.js";
import { reactorsOf } from "../ground/wording.js";
import { useNames } from "../people/peopleView.js";
import type { Desk } from "./desk.js";
import { nameOf } from "./emoji.js";

interface ReactionsProps {
  readonly desk: Desk;
  readonly message: TimelineMessage;
  readonly me: string;
}

/** Each kind with its count; a press sets one's own or takes it back. */
export function Reactions({ desk, message, me }: ReactionsProps): JSX.Element | null {
  const { reactions, ownReactions, sequence } = message;
  const people = useNames();
  const { mayReact } = desk.conversation.rightsOver(message);
  if (reactions.length === 0 || message.deletedAtMs > 0) {
    return null;
  }
  return (
    <ul class="reactions" aria-label="Reactions">
      {reactions.map(({ reaction, count, userIds }) => {
        const who = reactorsOf(userIds, count, me, people);
        const isOwn = ownReactions.includes(reaction);
        return (
          <li key={reaction}>
            <button
              type="button"
              class="reaction"
              aria-pressed={isOwn}
              aria-label={`${nameOf(reaction)}, ${count}: ${who}`}
              title={`${who} reacted with ${reaction}`}
              data-reaction={reaction}
              // One's own may always be taken back.
              disabled={!mayReact && !isOwn}
              onClick={() => {
                desk.toggle(message, reaction);
              }}
            >
              <span class="reaction-sign" dir="auto">
                {reaction}
              </span>
              <span class="reaction-count">{count}</span>
            </button>
          </li>
        );
      })}
      {mayReact && (
        <li>
          <button
            type="button"
            class="reaction reaction-add"
            aria-label="Add a reaction"
            title="Add a reaction"
            onClick={(event) => {
              desk.open({ kind: "picker", sequence, anchor: event.currentTarget });
            }}
          >
            <Icon name="smile" />
          </button>
        </li>
      )}
    </ul>
  );
}
