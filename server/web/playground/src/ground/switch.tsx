// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useChosen } from "./hooks.js";

interface SwitchProps {
  readonly words: string;
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => Promise<unknown>;
}

/** Something that is on or off. */
export function Switch({ words, isOn, onSwitch }: SwitchProps): JSX.Element {
  const [shown, choose] = useChosen(isOn);
  return (
    <label class="tick-box">
      <input
        type="checkbox"
        role="switch"
        checked={shown}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          choose(checked, onSwitch(checked));
        }}
      />
      <bdi>{words}</bdi>
    </label>
  );
}
