// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { type Device, PushKind } from "../../src/gen/tern/v1/device.js";
import type { ClientFrame } from "../../src/gen/tern/v1/frame.js";
import type { FakeServer, FakeSession } from "./fakeServer.js";

type Payload = NonNullable<ClientFrame["frame"]>;

/** What a fake server knows of a user's devices. */
export class FakeDevices {
  /** Of the devices that are listed, by number. */
  kinds: readonly PushKind[] = [];

  /** Lets a server answer requests about devices. */
  constructor(server: FakeServer) {
    server.intercept = (session, frame, id) => this.#answer(session, frame, id);
  }

  #answer(session: FakeSession, frame: Payload, id: number): boolean {
    const { deviceId } = session.hello;
    switch (frame.$case) {
      case "registerDevice":
        session.send(
          { $case: "deviceRegistered", value: { device: device(deviceId, PushKind.FCM_TOKEN) } },
          id,
        );
        return true;
      case "forgetDevice":
        session.send({ $case: "deviceForgotten", value: { deviceId } }, id);
        return true;
      case "reportPush":
        session.send({ $case: "pushReported", value: {} }, id);
        return true;
      case "listDevices": {
        const devices = this.kinds.map((kind, i) => device(`device-${i}`, kind));
        session.send({ $case: "devices", value: { devices } }, id);
        return true;
      }
      default:
        return false;
    }
  }
}

function device(deviceId: string, kind: PushKind): Device {
  const isApple = kind === PushKind.APNS;
  const told = { locale: "", timeZone: "", appVersion: "", registeredAtMs: 1, seenAtMs: 2 };
  return {
    ...{ deviceId, kind, bundleId: isApple ? "app" : "", environment: isApple ? 2 : 0 },
    ...told,
  };
}
