// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../ground/icons.js";
import { hashOf, isUserId } from "../ground/people.js";
import { useNames, usePeople, useWatched } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";

interface PersonBarProps {
  readonly userId: string;
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
  readonly onRename: (userId: string) => void;
}

/** Who this is, whether they are connected, and a window of their own. */
export function PersonBar({ userId, isOn, onSwitch, onRename }: PersonBarProps): JSX.Element {
  const { show } = usePeople();
  useWatched([userId]);
  return (
    <header class="person-bar">
      <button
        type="button"
        class="face"
        aria-label="Your profile"
        title="Your profile"
        onClick={() => {
          show(userId);
        }}
      >
        <PersonAvatar userId={userId} />
      </button>
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
  const name = useNames()(userId);
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
        <span class="user-choice-hint one-line">
          You are
          {name !== userId && (
            <>
              {" "}
              <bdi>{name}</bdi>
            </>
          )}
        </span>
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
