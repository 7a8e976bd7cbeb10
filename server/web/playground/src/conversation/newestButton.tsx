// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { Badge } from "../ground/badge.js";
import { Icon } from "../ground/icons.js";
import type { Desk } from "./desk.js";

interface NewestButtonProps {
  readonly desk: Desk;
  readonly onPress: () => void;
}

/** The way back from wherever one has scrolled or jumped to; says how much has come meanwhile. */
export function NewestButton({ desk, onPress }: NewestButtonProps): JSX.Element {
  const { client, conversation } = desk;
  const { entries, archived } = client.inbox;
  const unread =
    [...entries, ...archived].find(
      (entry) => entry.conversation.conversationId === conversation.conversationId,
    )?.unread ?? 0;
  const word = "Jump to newest";
  return (
    <button
      type="button"
      class="round newest"
      aria-label={unread > 0 ? `${word}, ${unread} unread` : word}
      title={word}
      onClick={onPress}
    >
      <Icon name="down" />
      <span class="newest-badge">
        <Badge unread={unread} />
      </span>
    </button>
  );
}
