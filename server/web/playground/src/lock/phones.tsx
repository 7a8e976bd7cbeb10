// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { JSX } from "preact";
import { Icon } from "../ground/icons.js";
import type { DemoDevice, Mode } from "./demoDevice.js";
import type { Banner } from "./lockScreen.js";
import { LockScreenView } from "./lockScreenView.js";
import type { Devices } from "./useDevice.js";

const MODES: readonly (readonly [Mode, word: string, means: string])[] = [
  ["inUse", "In use", "The app is on the screen"],
  ["background", "Background", "Another app is on the screen"],
  ["frozen", "Frozen", "The socket looks open, and nothing answers"],
  ["off", "Off", "In the pocket, without a connection"],
];

interface PhonesProps {
  readonly userId: string;
  readonly devices: Devices;
  readonly onOpen: (device: DemoDevice, banner: Banner) => void;
  readonly onClose: () => void;
}

/** A person's devices, each with its lock screen and what one does with it. */
export function Phones({ userId, devices, onOpen, onClose }: PhonesProps): JSX.Element {
  const { all, addTablet, removeTablet } = devices;
  return (
    <aside class="phones" aria-label={`${userId}’s devices`}>
      <header class="phones-head">
        <h2>Devices</h2>
        {addTablet !== undefined && (
          <button type="button" class="link" onClick={addTablet}>
            Add a tablet
          </button>
        )}
        <button type="button" class="round" aria-label="Hide the devices" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {all.map((device) => (
        <Phone
          key={device.name}
          {...{ userId, device, devices, onOpen }}
          onRemove={device.name === "Tablet" ? removeTablet : undefined}
        />
      ))}
    </aside>
  );
}

interface PhoneProps extends Pick<PhonesProps, "userId" | "devices" | "onOpen"> {
  readonly device: DemoDevice;
  readonly onRemove: (() => void) | undefined;
}

function Phone({ userId, device, devices, onOpen, onRemove }: PhoneProps): JSX.Element {
  const isShown = devices.shown === device;
  return (
    <article class="phone" data-device={device.name} data-mode={device.mode}>
      <header class="phone-head">
        <h3>{device.name}</h3>
        {devices.all.length > 1 && isShown && <span class="phone-shown">Shown here</span>}
        {devices.all.length > 1 && !isShown && (
          <button
            type="button"
            class="link"
            onClick={() => {
              devices.show(device);
            }}
          >
            Show its chats<span class="unseen"> ({device.name})</span>
          </button>
        )}
        {onRemove !== undefined && (
          <button
            type="button"
            class="round round-small"
            aria-label="Log out and remove the tablet"
            title="Log out and remove"
            onClick={onRemove}
          >
            <Icon name="bin" />
          </button>
        )}
      </header>
      <LockScreenView
        device={device}
        onOpen={(banner) => {
          onOpen(device, banner);
        }}
      />
      <Modes userId={userId} device={device} />
    </article>
  );
}

function Modes({ userId, device }: Pick<PhoneProps, "userId" | "device">): JSX.Element {
  const { mode, name } = device;
  return (
    <div class="modes" role="radiogroup" aria-label={`What ${userId} does with the ${name}`}>
      {MODES.map(([one, word, means]) => (
        <label key={one} title={means}>
          <input
            type="radio"
            name={`mode-${userId}-${name}`}
            checked={mode === one}
            // What is off has no socket that could look open.
            disabled={one === "frozen" && mode === "off"}
            onChange={() => {
              device.become(one);
            }}
          />
          <span>{word}</span>
        </label>
      ))}
    </div>
  );
}

/** Instead of a conversation, while another app is on the device's screen. */
export function Pocket({ device }: { readonly device: DemoDevice }): JSX.Element {
  return (
    <div class="welcome">
      <p class="welcome-title">The app is in the background</p>
      <p>Nobody looks at it: what comes now is pushed at once.</p>
      <button
        type="button"
        class="button"
        onClick={() => {
          device.become("inUse");
        }}
      >
        Bring it back
      </button>
    </div>
  );
}
