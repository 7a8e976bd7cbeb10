// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Profile } from "@tern/client";
import type { JSX } from "preact";
import { Avatar } from "../ground/avatar.js";
import { Badge } from "../ground/badge.js";

interface PeopleTabsProps {
  readonly people: readonly string[];
  /** Their own profiles, as far as they are known. */
  readonly profiles: readonly (Profile | undefined)[];
  readonly badges: readonly number[];
  readonly shown: number;
  readonly onShow: (side: number) => void;
}

/** On a narrow screen one person is shown at a time; both stay connected. */
export function PeopleTabs(props: PeopleTabsProps): JSX.Element {
  const { people, profiles, badges, shown, onShow } = props;
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
          <Avatar
            name={profiles[side]?.name || userId}
            seed={userId}
            picture={profiles[side]?.imageUrl ?? ""}
            size="small"
          />
          <bdi class="one-line" title={userId}>
            {profiles[side]?.name || userId}
          </bdi>
          <Badge unread={badges[side] ?? 0} />
        </button>
      ))}
    </nav>
  );
}
