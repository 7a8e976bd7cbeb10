// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import type { TimelineMessage } from "@tern/client";
import { Icon } from "../ground/icons.js";
import type { Desk } from "./desk.js";

interface MessageToolsProps {
  readonly desk: Desk;
  readonly message: TimelineMessage;
}

/**
 * What a pointer over the message brings up. Not in the order of Tab, which would take three stops
 * a message: the keyboard goes to a message by the arrows and opens its menu by Enter.
 */
export function MessageTools({ desk, message }: MessageToolsProps): JSX.Element {
  const { sequence } = message;
  const { opened } = desk;
  const isMenuOpen = opened?.kind === "menu" && opened.sequence === sequence;
  const { mayReact, mayReply } = desk.conversation.rightsOver(message);
  return (
    <div class="message-tools">
      {mayReact && (
        <button
          type="button"
          class="round round-small"
          tabIndex={-1}
          aria-label="React"
          title="React"
          onClick={(event) => {
            desk.open({ kind: "picker", sequence, anchor: event.currentTarget });
          }}
        >
          <Icon name="smile" />
        </button>
      )}
      {mayReply && (
        <button
          type="button"
          class="round round-small"
          tabIndex={-1}
          aria-label="Reply"
          title="Reply"
          onClick={() => {
            desk.reply(sequence);
          }}
        >
          <Icon name="reply" />
        </button>
      )}
      <button
        type="button"
        class="round round-small"
        tabIndex={-1}
        aria-label="More actions"
        title="More actions"
        aria-haspopup="menu"
        aria-expanded={isMenuOpen}
        onClick={(event) => {
          desk.open({ kind: "menu", sequence, anchor: event.currentTarget });
        }}
      >
        <Icon name="more" />
      </button>
    </div>
  );
}
