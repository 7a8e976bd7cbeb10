// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { useCallback, useLayoutEffect, useMemo, useReducer, useState } from "preact/hooks";
import type { DemoServer } from "../ground/demoServer.js";
import { keep } from "../ground/kept.js";
import { DemoDevice, type DeviceName } from "./demoDevice.js";

/** A person's devices, and which of them is shown. */
export interface Devices {
  readonly all: readonly DemoDevice[];
  readonly shown: DemoDevice;
  readonly show: (device: DemoDevice) => void;
  /** Undefined: they have one already. */
  readonly addTablet: (() => void) | undefined;
  readonly removeTablet: () => void;
}

/** The devices stay the same over reloads; what they know lasts as long as the tab. */
export function useDevices(server: DemoServer, userId: string, side: number): Devices {
  const key = `tern.tablet.${side}.${userId}`;
  const [hasTablet, setHasTablet] = useState(() => localStorage.getItem(key) !== null);
  const [shownName, setShownName] = useState<DeviceName>("Phone");
  const phone = useDevice(server, userId, side, "Phone");
  const tablet = useDevice(server, userId, side, "Tablet", hasTablet);
  const setTablet = useCallback(
    (has: boolean) => {
      keep(localStorage, key, has ? "yes" : undefined);
      setHasTablet(has);
    },
    [key],
  );
  const removeTablet = (): void => {
    const done = (): void => {
      setShownName("Phone");
      setTablet(false);
    };
    // One that cannot be reached stays registered, as a lost one does.
    tablet?.logOut().then(done, done);
  };
  return {
    all: tablet === undefined ? [phone] : [phone, tablet],
    shown: shownName === "Tablet" && tablet !== undefined ? tablet : phone,
    show: ({ name }) => {
      setShownName(name);
    },
    addTablet: hasTablet
      ? undefined
      : () => {
          setTablet(true);
        },
    removeTablet,
  };
}

function useDevice(server: DemoServer, userId: string, side: number, name: "Phone"): DemoDevice;
function useDevice(
  server: DemoServer,
  userId: string,
  side: number,
  name: DeviceName,
  isThere: boolean,
): DemoDevice | undefined;
function useDevice(
  server: DemoServer,
  userId: string,
  side: number,
  name: DeviceName,
  isThere = true,
): DemoDevice | undefined {
  const [, again] = useReducer((count: number) => count + 1, 0);
  const device = useMemo(
    () => (isThere ? new DemoDevice({ server, userId, side, name }) : undefined),
    [server, userId, side, name, isThere],
  );
  // Before the effects of what is shown on it, which may ask its client for something at once.
  useLayoutEffect(() => {
    const stopListening = device?.subscribe(() => {
      again(undefined);
    });
    const stop = device?.start();
    return () => {
      stopListening?.();
      stop?.();
    };
  }, [device]);
  return device;
}
