// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0

import { beforeEach, describe, expect, it } from "vitest";
import type { DeviceState, PushRegistration } from "../src/deviceModel.js";
import { PushKind } from "../src/gen/tern/v1/device.js";
import { FakeDevices } from "./fake/fakeDevices.js";
import type { FakeServer } from "./fake/fakeServer.js";
import { freshServerEach } from "./fake/freshServer.js";
import { clientOf, connected, settle } from "./fake/people.js";

const PHONE: PushRegistration = { kind: "fcmToken", token: "token-1" };
const TOLD = { registration: PHONE, locale: "de-AT", timeZone: "Europe/Vienna", appVersion: "2" };
const WIRE = {
  registration: { kind: { $case: "fcmToken", value: "token-1" } },
  locale: "de-AT",
  timeZone: "Europe/Vienna",
  appVersion: "2",
};

describe("the own device", () => {
  let server: FakeServer;
  let devices: FakeDevices;

  freshServerEach((fresh) => {
    server = fresh;
  });
  beforeEach(() => {
    devices = new FakeDevices(server);
  });

  it("isToldOfByHelloAsTheOptionsSay", async () => {
    const silent = await connected(clientOf(server, "bob"));
    const told = await connected(clientOf(server, "alice", { device: TOLD }));

    expect(server.framesOf("hello").map(({ device }) => device)).toEqual([undefined, WIRE]);
    silent.disconnect();
    told.disconnect();
  });

  it("registersAndIsToldOfAnewWhenItComesBack", async () => {
    const client = await connected(clientOf(server, "alice"));

    const device = await client.device.register(TOLD);
    server.cut();
    await settle();
    client.connect();
    await settle();

    expect(device).toMatchObject({ deviceId: "device-of-alice", kind: "fcmToken" });
    expect(server.framesOf("registerDevice")).toEqual([{ device: WIRE }]);
    expect(server.framesOf("hello").at(-1)?.device).toEqual(WIRE);
  });

  it("isToldOfByTheNextHelloWhereItRegistersOffline", async () => {
    const client = clientOf(server, "alice");

    await expect(client.device.register(TOLD)).rejects.toMatchObject({ code: "NOT_CONNECTED" });
    await connected(client);

    expect(server.framesOf("hello")[0]?.device).toEqual(WIRE);
  });

  it("isNotRegisteredAgainOnceItIsForgotten", async () => {
    const client = await connected(clientOf(server, "alice", { device: TOLD }));

    await client.device.forget();
    client.disconnect();
    await connected(client);

    expect(server.framesOf("forgetDevice")).toHaveLength(1);
    expect(server.framesOf("hello").at(-1)?.device).toEqual({ ...WIRE, registration: undefined });
  });

  it("listsTheUsersDevices", async () => {
    const client = await connected(clientOf(server, "alice"));
    devices.kinds = [PushKind.APNS, PushKind.UNSPECIFIED, 99 as PushKind];

    const listed = await client.device.list();

    expect(listed.map(({ kind }) => kind)).toEqual(["apns", "none", "unknown"]);
    expect(listed.map(({ environment }) => environment)).toEqual(["sandbox", undefined, undefined]);
  });

  it.each<[PushRegistration, unknown]>([
    [
      { kind: "apns", token: "6fa1", bundleId: "app", environment: "sandbox" },
      { $case: "apns", value: { token: "6fa1", bundleId: "app", environment: 2 } },
    ],
    [
      { kind: "apns", token: "6fa1", bundleId: "app", environment: "production" },
      { $case: "apns", value: { token: "6fa1", bundleId: "app", environment: 1 } },
    ],
    [
      { kind: "fcmInstallation", installationId: "fid" },
      { $case: "fcmInstallationId", value: "fid" },
    ],
    [
      {
        kind: "webPush",
        subscription: { endpoint: "https://p.example", keys: { p256dh: "B", auth: "A" } },
      },
      { $case: "webPush", value: { endpoint: "https://p.example", p256dh: "B", auth: "A" } },
    ],
  ])("everyKindOfRegistrationIsTold", async (registration, kind) => {
    const client = await connected(clientOf(server, "alice"));
    const state: DeviceState & { registration: PushRegistration } = { registration };

    await client.device.register(state);

    expect(server.framesOf("registerDevice")[0]?.device).toEqual({
      registration: { kind },
      locale: "",
      timeZone: "",
      appVersion: "",
    });
  });
});
