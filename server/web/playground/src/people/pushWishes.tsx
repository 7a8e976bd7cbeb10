// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Preferences, PreferencesChange, PushLevel, QuietHours } from "@tern/client";
import { useChosen } from "../ground/hooks.js";
import { Switch } from "../ground/switch.js";

const LEVELS: readonly (readonly [PushLevel, string])[] = [
  ["all", "All messages"],
  ["mentions", "Mentions only"],
  ["none", "None"],
];

interface PushWishesProps {
  readonly preferences: Preferences;
  readonly onChange: (change: PreferencesChange) => Promise<unknown>;
}

/** What one wants to be woken for, and when not. */
export function PushWishes({ preferences, onChange }: PushWishesProps): JSX.Element {
  const { mentionsPass, urgentPasses } = preferences;
  const [level, choose] = useChosen(preferences.pushLevel);
  return (
    <section class="part" aria-labelledby="pushes">
      <h3 id="pushes">Notifications</h3>
      <div class="reasons" role="radiogroup" aria-labelledby="pushes">
        {LEVELS.map(([wanted, words]) => (
          <label key={wanted} class="tick-box">
            <input
              type="radio"
              name="push-level"
              checked={level === wanted}
              onChange={() => {
                choose(wanted, onChange({ pushLevel: wanted }));
              }}
            />
            {words}
          </label>
        ))}
      </div>
      <Quiet hours={preferences.quietHours} onChange={onChange} />
      <Switch
        words="Mentions come through mutes and quiet hours"
        isOn={mentionsPass}
        onSwitch={(isOn) => onChange({ mentionsPass: isOn })}
      />
      <Switch
        words="Urgent messages come through, too"
        isOn={urgentPasses}
        onSwitch={(isOn) => onChange({ urgentPasses: isOn })}
      />
    </section>
  );
}

interface QuietProps extends Pick<PushWishesProps, "onChange"> {
  readonly hours: QuietHours | undefined;
}

function Quiet({ hours, onChange }: QuietProps): JSX.Element {
  return (
    <>
      <Switch
        words="Quiet hours: what comes meanwhile waits for their end"
        isOn={hours !== undefined}
        onSwitch={(isOn) => onChange({ quietHours: isOn ? tonight() : "none" })}
      />
      {hours !== undefined && (
        <Hours
          key={`${hours.from} ${hours.to} ${hours.zone}`}
          hours={hours}
          onSet={(quietHours) => onChange({ quietHours })}
        />
      )}
    </>
  );
}

/** Of whoever has not said otherwise: the night where they are. */
function tonight(): QuietHours {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { from: "22:00", to: "07:00", zone: timeZone };
}

interface HoursProps {
  readonly hours: QuietHours;
  readonly onSet: (hours: QuietHours) => Promise<unknown>;
}

function Hours({ hours, onSet }: HoursProps): JSX.Element {
  const [from, setFrom] = useState(hours.from);
  const [to, setTo] = useState(hours.to);
  const [zone, setZone] = useState(hours.zone);
  return (
    <form
      class="form"
      aria-label="Quiet hours"
      onSubmit={(event) => {
        event.preventDefault();
        // What became of it is told by whoever settles it.
        onSet({ from, to, zone: zone.trim() }).catch(() => undefined);
      }}
    >
      <div class="two-fields">
        <Time label="From" value={from} onTime={setFrom} />
        <Time label="To" value={to} onTime={setTo} />
      </div>
      <label class="field">
        <span>By the clock of</span>
        <input
          required
          value={zone}
          maxLength={64}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => {
            setZone(event.currentTarget.value);
          }}
        />
      </label>
      <button type="submit" class="button">
        Set quiet hours
      </button>
    </form>
  );
}

interface TimeProps {
  readonly label: string;
  readonly value: string;
  readonly onTime: (time: string) => void;
}

function Time({ label, value, onTime }: TimeProps): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="time"
        required
        value={value}
        onInput={(event) => {
          onTime(event.currentTarget.value);
        }}
      />
    </label>
  );
}
