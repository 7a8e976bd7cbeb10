// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { Floating } from "../ground/floating.js";
import { moveFocus } from "../ground/roving.js";
import { GROUPS } from "./emoji.js";

/** As the style sheet lays them out. */
const PER_ROW = 8;

interface EmojiPickerProps {
  readonly anchor: HTMLElement;
  readonly own: readonly string[];
  readonly onPick: (reaction: string) => void;
  readonly onClose: () => void;
}

/** Emoji in rows, gone through by the arrow keys. */
export function EmojiPicker({ anchor, own, onPick, onClose }: EmojiPickerProps): JSX.Element {
  return (
    <Floating
      anchor={anchor}
      class="picker"
      role="dialog"
      label="Choose a reaction"
      onClose={onClose}
      onKeyDown={(event) => {
        moveFocus(event, ".picker-emoji", PER_ROW);
      }}
    >
      {GROUPS.map(({ title, emoji }, group) => (
        <section key={title} role="group" aria-label={title}>
          <h3 class="picker-title">{title}</h3>
          <div class="picker-rows">
            {emoji.map(([sign, name], index) => {
              const isFirst = group === 0 && index === 0;
              return (
                <button
                  key={sign}
                  type="button"
                  class="picker-emoji"
                  tabIndex={isFirst ? 0 : -1}
                  data-first={isFirst || undefined}
                  aria-label={name}
                  aria-pressed={own.includes(sign)}
                  title={name}
                  onClick={() => {
                    onPick(sign);
                  }}
                >
                  {sign}
                </button>
              );
            })}
          </div>
        </section>
      ))}
    </Floating>
  );
}
