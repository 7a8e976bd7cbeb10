// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";

interface ChoiceProps<Value extends string | number> {
  readonly label: string;
  readonly value: Value;
  readonly of: readonly (readonly [Value, string])[];
  readonly onChoose: (value: Value) => void;
}

/** One of several, in the browser's own list. */
export function Choice<Value extends string | number>(props: ChoiceProps<Value>): JSX.Element {
  const { label, value, of, onChoose } = props;
  const isKnown = of.some(([one]) => one === value);
  return (
    <label class="field">
      <span>{label}</span>
      <select
        dir="auto"
        value={String(value)}
        onChange={(event) => {
          const chosen = of.find(([one]) => String(one) === event.currentTarget.value);
          if (chosen !== undefined) {
            onChoose(chosen[0]);
          }
        }}
      >
        {of.map(([one, words]) => (
          <option key={one} value={String(one)}>
            {words}
          </option>
        ))}
        {!isKnown && <option value={String(value)}>{String(value)}</option>}
      </select>
    </label>
  );
}
