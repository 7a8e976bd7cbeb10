// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useChosen } from "../ground/hooks.js";

interface ChoiceProps<Value extends string | number> {
  readonly label: string;
  readonly value: Value;
  readonly of: readonly (readonly [Value, string])[];
  /** Gives back the change where the value comes from the server. */
  readonly onChoose: (value: Value) => unknown;
}

/** One of several, in the browser's own list. */
export function Choice<Value extends string | number>(props: ChoiceProps<Value>): JSX.Element {
  const { label, value, of, onChoose } = props;
  const [shown, choose] = useChosen(value);
  const isKnown = of.some(([one]) => one === shown);
  return (
    <label class="field">
      <span>{label}</span>
      <select
        dir="auto"
        value={String(shown)}
        onChange={(event) => {
          const chosen = of.find(([one]) => String(one) === event.currentTarget.value);
          if (chosen !== undefined) {
            choose(chosen[0], Promise.resolve(onChoose(chosen[0])));
          }
        }}
      >
        {of.map(([one, words]) => (
          <option key={one} value={String(one)}>
            {words}
          </option>
        ))}
        {!isKnown && <option value={String(shown)}>{String(shown)}</option>}
      </select>
    </label>
  );
}
