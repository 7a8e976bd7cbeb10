// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Floating } from "../ground/floating.js";
import { Icon } from "../ground/icons.js";
import { moveFocus } from "../ground/roving.js";

export type Loudness = "usual" | "silent" | "urgent";

interface SendOptionsProps {
  readonly isDisabled: boolean;
  readonly onSend: (loudness: Loudness) => void;
}

const CHOICES = [
  { loudness: "silent", icon: "bellOff", word: "Send silently", hint: "No notification" },
  { loudness: "urgent", icon: "urgent", word: "Send as urgent", hint: "Notifies where allowed" },
] as const;

/** Other ways of sending: without a notification, or with one where usually there is none. */
export function SendOptions({ isDisabled, onSend }: SendOptionsProps): JSX.Element {
  const [anchor, setAnchor] = useState<HTMLElement | undefined>();
  const close = (): void => {
    setAnchor(undefined);
  };
  return (
    <>
      <button
        type="button"
        class="round send-options"
        aria-label="Other ways of sending"
        title="Other ways of sending"
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        disabled={isDisabled}
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        <Icon name="up" />
      </button>
      {anchor !== undefined && (
        <Floating
          anchor={anchor}
          class="menu"
          role="menu"
          label="Other ways of sending"
          onClose={close}
          onKeyDown={(event) => {
            moveFocus(event, "[role=menuitem]");
          }}
        >
          {CHOICES.map(({ loudness, icon, word, hint }, index) => (
            <button
              key={loudness}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class="menu-item"
              data-first={index === 0 || undefined}
              onClick={() => {
                close();
                onSend(loudness);
              }}
            >
              <Icon name={icon} />
              <span>
                {word}
                <span class="menu-hint">{hint}</span>
              </span>
            </button>
          ))}
        </Floating>
      )}
    </>
  );
}
