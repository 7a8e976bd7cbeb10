// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useContext } from "preact/hooks";
import { Avatar } from "../ground/avatar.js";
import { PeopleContext } from "./peopleView.js";

interface PersonAvatarProps {
  readonly userId: string;
  readonly size?: "small" | "large" | "huge";
}

/** Somebody's picture or initial, with a dot while they are online. */
export function PersonAvatar({ userId, size = "large" }: PersonAvatarProps): JSX.Element {
  const state = useContext(PeopleContext)?.state;
  const profile = state?.profiles.get(userId);
  const isOnline = state?.presences.get(userId)?.online === true;
  return (
    <span class="avatar-place">
      <Avatar
        name={profile?.name || userId}
        seed={userId}
        picture={profile?.imageUrl ?? ""}
        size={size}
      />
      {isOnline && <span class="online-dot" role="img" aria-label="Online" title="Online" />}
    </span>
  );
}
