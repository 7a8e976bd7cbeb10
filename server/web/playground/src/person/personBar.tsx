// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../ground/icons.js";
import { hashOf, isUserId } from "../ground/people.js";
import type { DemoDevice } from "../lock/demoDevice.js";
import { useNames, usePeople, useWatched } from "../people/peopleView.js";
import { PersonAvatar } from "../people/personAvatar.js";

interface PersonBarProps {
  readonly userId: string;
  readonly device: DemoDevice;
  readonly showsPhones: boolean;
  readonly onPhones: (isShown: boolean) => void;
  readonly onRename: (userId: string) => void;
}

/** Who this is, whether they are connected, and a window of their own. */
export function PersonBar(props: PersonBarProps): JSX.Element {
  const { userId, device, onRename } = props;
  const isOn = device.mode !== "off";
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
      <PhonesButton {...props} />
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={isOn}
          onChange={(event) => {
            device.become(event.currentTarget.checked ? "inUse" : "off");
          }}
        />
        <span class="switch-track" aria-hidden="true" />
        <span class="switch-word">{isOn ? "Online" : "Offline"}</span>
      </label>
    </header>
  );
}

/** Shows the devices with their lock screens, and that something waits there. */
function PhonesButton({ device, showsPhones, onPhones }: PersonBarProps): JSX.Element {
  const waiting = device.screen.banners.length;
  const words = showsPhones ? "Hide the devices" : "Show the devices";
  return (
    <button
      type="button"
      class={`round phones-button${!showsPhones && waiting > 0 ? " has-news" : ""}`}
      aria-label={words}
      aria-expanded={showsPhones}
      title={words}
      onClick={() => {
        onPhones(!showsPhones);
      }}
    >
      <Icon name="phone" />
    </button>
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
