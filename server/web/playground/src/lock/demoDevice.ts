// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { type AppStateSource, pageVisibility, TernClient, webStorage } from "@tern/client";
import type { DemoServer } from "../ground/demoServer.js";
import { keep, kept, randomName } from "../ground/kept.js";
import { Line } from "./line.js";
import { dismissed, type Banner, type LockScreen, pushed, restored, used } from "./lockScreen.js";
import { pushStream } from "./pushStream.js";

/** What a person does with a device. */
export type Mode = "inUse" | "background" | "frozen" | "off";

/** The devices that a person may have on the page. */
export const DEVICE_NAMES = ["Phone", "Tablet"] as const;

export type DeviceName = (typeof DEVICE_NAMES)[number];

/** Whose device it is, and where on the page. */
export interface DevicePlace {
  readonly server: DemoServer;
  readonly userId: string;
  readonly side: number;
  readonly name: DeviceName;
}

/**
 * One device of a person on the page: a client of its own, a line that can freeze, and a lock
 * screen that shows what is pushed to it.
 */
export class DemoDevice {
  readonly name: DeviceName;
  readonly client: TernClient;
  readonly #address: string;
  readonly #line = new Line();
  readonly #attention = new Attention();
  readonly #listeners = new Set<() => void>();
  #mode: Mode = "inUse";
  #screen: LockScreen;

  constructor({ server, userId, side, name }: DevicePlace) {
    const suffix = name === "Phone" ? "" : `-${name.toLowerCase()}`;
    const installation = kept(localStorage, `tern.device.${side}`, randomName) + suffix;
    this.name = name;
    this.#address = kept(localStorage, `tern.address.${installation}.${userId}`, randomAddress);
    this.#screen = restored(localStorage.getItem(this.#key()));
    this.client = new TernClient({
      url: server.url,
      getToken: () => server.tokenFor(userId),
      deviceId: `playground-${installation}`,
      storage: webStorage(`tern.state.${side}.${userId}${suffix}`, sessionStorage),
      webSocket: this.#line.socket,
      appState: this.#attention,
      device: {
        registration: {
          ...{ kind: "apns", token: this.#address },
          ...{ bundleId: "dev.tern.playground", environment: "sandbox" },
        },
        locale: "en",
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        appVersion: "playground",
      },
    });
  }

  get mode(): Mode {
    return this.#mode;
  }

  get screen(): LockScreen {
    return this.#screen;
  }

  /** Calls `listener` when mode or screen have changed, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Switches it on, and looks at its lock screen, until the returned function is called. */
  start(): () => void {
    const leave = pushStream.watch(this.#address, (push) => {
      this.#show(pushed(this.#screen, push, Date.now()));
    });
    const stop = this.client.on("inbox", () => {
      this.#look();
    });
    this.become(this.#mode);
    return () => {
      leave();
      stop();
      this.#line.thaw();
      this.client.disconnect();
    };
  }

  become(mode: Mode): void {
    this.#mode = mode;
    if (mode === "frozen") {
      this.#line.freeze();
    } else {
      this.#attention.isInUse = mode === "inUse";
      this.#line.thaw();
    }
    if (mode === "off") {
      this.client.disconnect();
    } else {
      this.client.connect();
    }
    this.#attention.changed();
    this.#look();
    this.#tell();
  }

  /** A banner was tapped: the device is in use again. */
  open(banner: Banner): void {
    this.#show(dismissed(this.#screen, banner));
    this.become("inUse");
    const { conversationId, sequence } = banner;
    if (conversationId !== "") {
      // Where it can't be told, the record says less, and nothing else is amiss.
      this.client.reportPush({ conversationId, sequence, event: "opened" }).catch(() => undefined);
    }
  }

  dismiss(banner: Banner): void {
    this.#show(dismissed(this.#screen, banner));
  }

  /** Logs out, so that nothing is pushed to it any more. */
  async logOut(): Promise<void> {
    this.become("inUse");
    await this.client.device.forget();
    keep(localStorage, this.#key(), undefined);
  }

  #look(): void {
    const { connection, inbox } = this.client;
    if (this.#mode === "inUse" && connection.phase === "online" && inbox.isLoaded) {
      this.#show(used(this.#screen, inbox));
    }
  }

  #show(screen: LockScreen): void {
    if (screen !== this.#screen) {
      this.#screen = screen;
      keep(localStorage, this.#key(), JSON.stringify(screen));
      this.#tell();
    }
  }

  #key(): string {
    return `tern.lock.${this.#address}`;
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}

/** Whether the person looks at the app: it is in use, and the page is on the screen. */
class Attention implements AppStateSource {
  isInUse = true;
  readonly #page = pageVisibility();
  readonly #listeners = new Set<() => void>();
  #told = this.current();

  current(): "foreground" | "background" {
    return this.isInUse ? this.#page.current() : "background";
  }

  changed(): void {
    const current = this.current();
    if (current !== this.#told) {
      this.#told = current;
      this.#listeners.forEach((listener) => {
        listener();
      });
    }
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    const stop = this.#page.subscribe(() => {
      this.changed();
    });
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }
}

/** In the form of Apple's: 32 bytes. */
function randomAddress(): string {
  return Array.from({ length: 4 }, randomName).join("");
}
