// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { Avatar } from "../ground/avatar.js";
import { Badge } from "../ground/badge.js";

interface PeopleTabsProps {
  readonly people: readonly string[];
  readonly badges: readonly number[];
  readonly shown: number;
  readonly onShow: (side: number) => void;
}

/** On a narrow screen one person is shown at a time; both stay connected. */
export function PeopleTabs({ people, badges, shown, onShow }: PeopleTabsProps): JSX.Element {
  return (
    <nav class="tabs" aria-label="Whose screen is shown">
      {people.map((userId, side) => (
        <button
          key={side}
          type="button"
          class="tab"
          aria-pressed={side === shown}
          onClick={() => {
            onShow(side);
          }}
        >
          <Avatar name={userId} size="small" />
          <span dir="auto">{userId}</span>
          <Badge unread={badges[side] ?? 0} />
        </button>
      ))}
    </nav>
  );
}
