// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Avatar } from "../ground/avatar.js";
import { Icon } from "../ground/icons.js";
import { hashOf, isUserId } from "../ground/people.js";

interface PersonBarProps {
  readonly userId: string;
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
  readonly onRename: (userId: string) => void;
}

/** Who this is, whether they are connected, and a window of their own. */
export function PersonBar({ userId, isOn, onSwitch, onRename }: PersonBarProps): JSX.Element {
  return (
    <header class="person-bar">
      <Avatar name={userId} />
      <UserChoice userId={userId} onRename={onRename} />
      <a
        class="round"
        href={hashOf([userId])}
        target="_blank"
        rel="noopener"
        aria-label={`Open ${userId} in a window of their own`}
        title="Open in a window of its own"
      >
        <Icon name="window" />
      </a>
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={isOn}
          onChange={(event) => {
            onSwitch(event.currentTarget.checked);
          }}
        />
        <span class="switch-track" aria-hidden="true" />
        <span class="switch-word">{isOn ? "Online" : "Offline"}</span>
      </label>
    </header>
  );
}

function UserChoice({
  userId,
  onRename,
}: Pick<PersonBarProps, "userId" | "onRename">): JSX.Element {
  const [text, setText] = useState(userId);
  const isValid = isUserId(text);
  const choose = (): void => {
    if (isValid && text !== userId) {
      onRename(text);
    } else if (!isValid) {
      setText(userId);
    }
  };
  return (
    <form
      class="user-choice"
      onSubmit={(event) => {
        event.preventDefault();
        choose();
      }}
    >
      <label>
        <span class="user-choice-hint">You are</span>
        <input
          class="user-choice-name"
          value={text}
          list="suggested-users"
          maxLength={64}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={!isValid}
          onInput={(event) => {
            setText(event.currentTarget.value);
          }}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
          onBlur={choose}
        />
      </label>
    </form>
  );
}
