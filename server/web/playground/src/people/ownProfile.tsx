// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import {
  type PreferencesChange,
  type PresenceVisibility,
  type Profile,
  type ProfileChange,
  TernError,
} from "@tern/client";
import { Avatar } from "../ground/avatar.js";
import { useChosen } from "../ground/hooks.js";
import { Icon } from "../ground/icons.js";
import { Modal } from "../ground/modal.js";
import { Switch } from "../ground/switch.js";
import { problemOf } from "../ground/wording.js";
import { usePeople, useWatched } from "./peopleView.js";
import { PushWishes } from "./pushWishes.js";

/** Pictures of the playground's own: the page loads none from elsewhere. */
const PICTURES = ["tern", "wave", "sun", "leaf", "moon", "hill"].map((name) => ({
  name,
  url: `${location.origin}/pictures/${name}.svg`,
}));

const VISIBILITIES: readonly (readonly [Exclude<PresenceVisibility, "unknown">, string])[] = [
  ["everybody", "Everybody I share a conversation with"],
  ["contacts", "Those I have written to"],
  ["nobody", "Nobody"],
];

/** How one is shown to others, who sees whether one is there, what wakes one, whom one avoids. */
export function OwnProfile({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { client, me, state } = usePeople();
  const [said, say] = useState("");
  const [problem, setProblem] = useState("");
  const profile = state.profiles.get(me);
  useWatched([me, ...state.blocked, ...state.muted]);
  const settle = (change: Promise<unknown>, done: string): void => {
    change.then(
      () => {
        say(done);
        setProblem("");
      },
      (error: unknown) => {
        say("");
        setProblem(problemOf(error instanceof TernError ? error.code : "UNKNOWN"));
      },
    );
  };
  return (
    <Modal title="Your profile" class="modal-wide" onClose={onClose}>
      <ProfileForm
        key={profile?.changedAtMs ?? 0}
        me={me}
        profile={profile}
        onSave={(change) => {
          settle(client.people.updateProfile(change), "Saved");
        }}
      />
      <p class="profile-said" role="status">
        {said}
      </p>
      <p class="form-problem" role="alert">
        {problem}
      </p>
      <Chosen onSettle={settle} />
      <Avoided onSettle={settle} />
    </Modal>
  );
}

interface ProfileFormProps {
  readonly me: string;
  readonly profile: Profile | undefined;
  readonly onSave: (change: ProfileChange) => void;
}

function ProfileForm({ me, profile, onSave }: ProfileFormProps): JSX.Element {
  const [name, setName] = useState(profile?.name ?? "");
  const [imageUrl, setImageUrl] = useState(profile?.imageUrl ?? "");
  const [locale, setLocale] = useState(profile?.locale || navigator.language);
  const [timeZone, setTimeZone] = useState(
    profile?.timeZone || Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ name: name.trim(), imageUrl: imageUrl.trim(), locale, timeZone });
      }}
    >
      <div class="own-head">
        <Avatar name={name || me} seed={me} picture={imageUrl} size="huge" />
        <Pictures chosen={imageUrl} onChoose={setImageUrl} />
      </div>
      <Text label="Name" value={name} most={128} onText={setName} />
      <Text label="Address of a picture" value={imageUrl} most={2_048} onText={setImageUrl} />
      <div class="two-fields">
        <Text label="Language" value={locale} most={35} onText={setLocale} />
        <Text label="Time zone" value={timeZone} most={64} onText={setTimeZone} />
      </div>
      <button type="submit" class="button">
        Save
      </button>
    </form>
  );
}

interface PicturesProps {
  readonly chosen: string;
  readonly onChoose: (url: string) => void;
}

function Pictures({ chosen, onChoose }: PicturesProps): JSX.Element {
  return (
    <div class="pictures" role="group" aria-label="Pictures to choose from">
      {PICTURES.map(({ name, url }) => (
        <button
          key={name}
          type="button"
          class="picture"
          aria-label={`Picture of a ${name}`}
          aria-pressed={url === chosen}
          onClick={() => {
            onChoose(url === chosen ? "" : url);
          }}
        >
          <img src={url} alt="" width="40" height="40" />
        </button>
      ))}
    </div>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly onText: (text: string) => void;
}

function Text({ label, value, most, onText }: TextProps): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        dir="auto"
        value={value}
        maxLength={most}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => {
          onText(event.currentTarget.value);
        }}
      />
    </label>
  );
}

interface SettleProps {
  /** Waits for a change, and tells what became of it. */
  readonly onSettle: (change: Promise<unknown>, done: string) => void;
}

function Chosen({ onSettle }: SettleProps): JSX.Element | null {
  const { client, state } = usePeople();
  const { preferences } = state;
  const [visible, choose] = useChosen(preferences?.presenceVisibility);
  const change = (wanted: PreferencesChange): Promise<unknown> => {
    const changed = client.people.updatePreferences(wanted);
    onSettle(changed, "Saved");
    return changed;
  };
  useEffect(() => {
    client.people.readPreferences().catch(() => undefined);
  }, [client]);
  if (preferences === undefined) {
    return null;
  }
  return (
    <>
      <section class="part" aria-labelledby="privacy">
        <h3 id="privacy">Who sees whether you are online</h3>
        <div class="reasons" role="radiogroup" aria-labelledby="privacy">
          {VISIBILITIES.map(([visibility, words]) => (
            <label key={visibility} class="tick-box">
              <input
                type="radio"
                name="visibility"
                checked={visible === visibility}
                onChange={() => {
                  choose(visibility, change({ presenceVisibility: visibility }));
                }}
              />
              {words}
            </label>
          ))}
        </div>
        <Switch
          words="Invisible: look away to everybody for now"
          isOn={preferences.invisible}
          onSwitch={(invisible) => change({ invisible })}
        />
      </section>
      <PushWishes preferences={preferences} onChange={change} />
    </>
  );
}

/** Whom one has blocked or muted, and the way back. */
function Avoided({ onSettle }: SettleProps): JSX.Element | null {
  const { client, state, nameOf } = usePeople();
  const people = [
    ...[...state.blocked].map((userId) => ({ userId, isBlocked: true })),
    ...[...state.muted].map((userId) => ({ userId, isBlocked: false })),
  ];
  if (people.length === 0) {
    return null;
  }
  return (
    <section class="part" aria-labelledby="avoided">
      <h3 id="avoided">Blocked and muted</h3>
      <ul class="chips">
        {people.map(({ userId, isBlocked }) => (
          <li key={`${userId} ${String(isBlocked)}`}>
            <button
              type="button"
              class="chip chip-icon"
              aria-label={`${isBlocked ? "Unblock" : "Unmute"} ${nameOf(userId)}`}
              onClick={() => {
                onSettle(
                  isBlocked ? client.people.unblock(userId) : client.people.unmute(userId),
                  isBlocked ? "No longer blocked" : "No longer muted",
                );
              }}
            >
              <Icon name={isBlocked ? "block" : "bellOff"} />
              <bdi>{nameOf(userId)}</bdi>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
