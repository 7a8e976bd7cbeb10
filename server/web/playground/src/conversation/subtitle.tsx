// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { ConversationState } from "@tern/client";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { namesOf } from "../ground/wording.js";
import { presenceOf } from "../people/peopleWords.js";
import { usePeople } from "../people/peopleView.js";

const RENEWED_MS = 30_000;

interface SubtitleProps {
  readonly state: ConversationState;
  readonly isGroup: boolean;
  readonly peerId: string;
}

/** Who is typing, else who is in the group, or whether the other one is there. */
export function Subtitle({ state, isGroup, peerId }: SubtitleProps): JSX.Element {
  const { nameOf } = usePeople();
  const { typing } = state;
  return (
    <p class="subtitle" aria-live="polite">
      {typing.length > 0 ? (
        <span class="typing one-line">
          {isGroup
            ? `${namesOf(typing, "", nameOf)} ${typing.length > 1 ? "are" : "is"} typing`
            : "typing"}
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        </span>
      ) : (
        <bdi class="one-line">
          {isGroup ? (
            state.members.map(({ userId }) => nameOf(userId)).join(", ")
          ) : (
            <There userId={peerId} />
          )}
        </bdi>
      )}
    </p>
  );
}

function There({ userId }: { readonly userId: string }): JSX.Element {
  const { state } = usePeople();
  const [now, setNow] = useState(Date.now());
  const presence = state.presences.get(userId);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
    }, RENEWED_MS);
    return () => {
      clearInterval(timer);
    };
  }, [presence]);
  return <>{presenceOf(presence, now) || "Just the two of you"}</>;
}
