// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import type { Connection } from "./connection.js";
import type { Device, DeviceState, PushRegistration, PushReport } from "./deviceModel.js";
import { TernError } from "./errors.js";
import { PushEvent } from "./gen/tern/v1/push.js";
import { apiUrlOf, type OpenedPush, type PushNews, savePlace } from "./pushPlace.js";
import { subscription } from "./webPush.js";
import {
  ApnsEnvironment,
  type Device as WireDevice,
  type DeviceState as WireState,
  type PushRegistration as WireRegistration,
  PushKind,
} from "./gen/tern/v1/device.js";

const KINDS: Readonly<Record<number, Device["kind"]>> = {
  [PushKind.UNSPECIFIED]: "none",
  [PushKind.APNS]: "apns",
  [PushKind.FCM_TOKEN]: "fcmToken",
  [PushKind.FCM_INSTALLATION]: "fcmInstallation",
  [PushKind.WEB_PUSH]: "webPush",
};

/** @internal What a device needs of its client. */
export interface OwnDeviceHost {
  readonly connection: Connection;
  /** Of the server's socket. */
  readonly url: string;
  readonly deviceId: string;
  /** Resolves once connected. */
  ready(): Promise<void>;
}

/**
 * This installation of the app, and where it can be pushed to. What it was told stays in memory
 * and is told again with each Hello, so that a phone is its present user's.
 */
export class OwnDevice {
  readonly #host: OwnDeviceHost;
  readonly #opened = new Set<(push: OpenedPush) => void>();
  #state: DeviceState | undefined;
  #renew: (() => Promise<Device>) | undefined;

  /** @internal */
  constructor(host: OwnDeviceHost, state: DeviceState | undefined) {
    this.#host = host;
    this.#state = state;
  }

  /**
   * Says where this device can be pushed to, at each start of the app and whenever its push service
   * gives it another address; takes the place of all it told before. While not connected it
   * rejects, and the next Hello tells it.
   */
  async register(
    state: DeviceState & { readonly registration: PushRegistration },
  ): Promise<Device> {
    const device = stateToWire(state);
    this.#state = state;
    await this.#host.ready();
    const frame = { $case: "registerDevice", value: { device } } as const;
    const answer = await this.#host.connection.requestPatiently(frame, "deviceRegistered");
    if (answer.device === undefined) {
      throw new TernError("UNEXPECTED_ANSWER", "deviceRegistered without a device");
    }
    return deviceFrom(answer.device);
  }

  /**
   * Ends pushing to this device: call it when the user logs out, before `disconnect()`. Who logs
   * out without a connection is pushed to until the app's backend says so, or another user comes.
   */
  async forget(): Promise<void> {
    this.#state = this.#state && withoutRegistration(this.#state);
    await this.#host.ready();
    const frame = { $case: "forgetDevice", value: {} } as const;
    await this.#host.connection.requestPatiently(frame, "deviceForgotten");
  }

  /** All devices of the user, those that were there last first. */
  async list(): Promise<readonly Device[]> {
    await this.#host.ready();
    const frame = { $case: "listDevices", value: {} } as const;
    const { devices } = await this.#host.connection.requestPatiently(frame, "devices");
    return devices.map(deviceFrom);
  }

  /**
   * Lets this browser be pushed to, through the app's service worker, which calls `servePushes()`
   * of `@tern/client/service-worker`. To be called at each start of the app, the first time by a
   * tap of the user, whom the browser asks. Registers again where the subscription changes.
   */
  async subscribeToPush(
    worker: ServiceWorkerRegistration,
    others: Omit<DeviceState, "registration"> = {},
  ): Promise<Device> {
    const { url, deviceId } = this.#host;
    const apiUrl = apiUrlOf(url);
    await savePlace({ apiUrl, deviceId });
    if (this.#renew === undefined) {
      navigator.serviceWorker.addEventListener("message", this.#heard);
    }
    this.#renew = async () => {
      const registration = {
        kind: "webPush",
        subscription: await subscription(worker, apiUrl),
      } as const;
      return this.register({ ...here(), ...others, registration });
    };
    return this.#renew();
  }

  /**
   * Calls `listener` when a notification was tapped while a page of the app is there, until the
   * returned function is called. Where there is none, the worker opens the notification's link.
   */
  onPushOpened(listener: (push: OpenedPush) => void): () => void {
    this.#opened.add(listener);
    return () => {
      this.#opened.delete(listener);
    };
  }

  /**
   * Tells that a push came, or was tapped, for the delivery record of the app's backend. Moves no
   * marker; may be repeated.
   */
  async reportPush({ conversationId, sequence, event }: PushReport): Promise<void> {
    await this.#host.ready();
    const told = event === "opened" ? PushEvent.OPENED : PushEvent.RECEIVED;
    const value = { conversationId, sequence, event: told, deviceId: "" };
    const frame = { $case: "reportPush", value } as const;
    await this.#host.connection.requestPatiently(frame, "pushReported");
  }

  readonly #heard = ({ data }: MessageEvent): void => {
    const news = data as Partial<PushNews> | null;
    if (news?.tern === "subscriptionChanged") {
      // Offline, or not allowed any more: the next start of the app sees to it.
      this.#renew?.().catch(() => undefined);
    } else if (news?.tern === "pushOpened") {
      for (const listener of this.#opened) {
        listener(news);
      }
    }
  };

  /** @internal What Hello tells. */
  told(): WireState | undefined {
    return this.#state && stateToWire(this.#state);
  }
}

function here(): DeviceState {
  return {
    locale: navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function withoutRegistration(state: DeviceState): DeviceState {
  const others = { ...state };
  delete others.registration;
  return others;
}

function stateToWire({ registration, locale, timeZone, appVersion }: DeviceState): WireState {
  return {
    registration: registration && registrationToWire(registration),
    locale: locale ?? "",
    timeZone: timeZone ?? "",
    appVersion: appVersion ?? "",
  };
}

function registrationToWire(registration: PushRegistration): WireRegistration {
  switch (registration.kind) {
    case "apns": {
      const { token, bundleId } = registration;
      const environment =
        registration.environment === "sandbox"
          ? ApnsEnvironment.SANDBOX
          : ApnsEnvironment.PRODUCTION;
      return { kind: { $case: "apns", value: { token, bundleId, environment } } };
    }
    case "fcmToken":
      return { kind: { $case: "fcmToken", value: registration.token } };
    case "fcmInstallation":
      return { kind: { $case: "fcmInstallationId", value: registration.installationId } };
    case "webPush": {
      const { endpoint = "", keys = {} } = registration.subscription;
      const { p256dh = "", auth = "" } = keys;
      return { kind: { $case: "webPush", value: { endpoint, p256dh, auth } } };
    }
  }
}

function deviceFrom({ kind, environment, ...others }: WireDevice): Device {
  return {
    ...others,
    kind: KINDS[kind] ?? "unknown",
    ...(environment === ApnsEnvironment.PRODUCTION && { environment: "production" as const }),
    ...(environment === ApnsEnvironment.SANDBOX && { environment: "sandbox" as const }),
  };
}
