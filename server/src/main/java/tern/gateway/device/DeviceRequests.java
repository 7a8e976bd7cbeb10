// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.device;

import tern.auth.Identity;
import tern.auth.Judgement;
import tern.device.DeviceState;
import tern.device.Devices;
import tern.gateway.request.RequestRefused;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.v1.DeviceForgotten;
import tern.v1.DeviceRegistered;
import tern.v1.ErrorCode;
import tern.v1.RegisterDevice;
import tern.v1.ServerFrame;

/// Requests about devices, of their users and of the app's backend. Blocks; for virtual threads.
public final class DeviceRequests {
  private final Devices devices;

  /// Works on these.
  public DeviceRequests(Devices devices) {
    this.devices = devices;
  }

  /// The session's own device tells where it can be pushed to. Throws [RequestRefused] for what
  /// can't be, and where the token was revoked just now.
  public ServerFrame.Builder register(Identity token, DeviceId device, RegisterDevice it) {
    DeviceState state = DeviceFrames.registered(it.getDevice());
    if (devices.register(token, device, state) != Judgement.GOOD) {
      throw RequestRefused.of(
          ErrorCode.ERROR_CODE_FORBIDDEN, "access token: revoked (expected: a good one)");
    }
    return ServerFrame.newBuilder()
        .setDeviceRegistered(DeviceRegistered.newBuilder().setDevice(told(token.user(), device)));
  }

  /// The app's backend tells where a user's device can be pushed to. Throws [RequestRefused] for
  /// what can't be, and where the user is kept out.
  public tern.v1.Device register(UserId user, DeviceId device, tern.v1.DeviceState it) {
    if (devices.register(user, device, DeviceFrames.registered(it)) != Judgement.GOOD) {
      throw RequestRefused.of(
          ErrorCode.ERROR_CODE_FORBIDDEN,
          "user: kept out (expected: one who is not banned, deactivated or erased)");
    }
    return told(user, device);
  }

  // What another has changed meanwhile is told as it is.
  private tern.v1.Device told(UserId user, DeviceId device) {
    return devices.read(user).stream()
        .filter(it -> it.id().equals(device))
        .findFirst()
        .map(DeviceFrames::device)
        .orElseGet(() -> tern.v1.Device.newBuilder().setDeviceId(device.value()).build());
  }

  /// Ends pushing to a device.
  public DeviceForgotten forget(UserId user, DeviceId device) {
    devices.forget(user, device);
    return DeviceForgotten.newBuilder().setDeviceId(device.value()).build();
  }

  /// A user's devices.
  public tern.v1.Devices list(UserId user) {
    return DeviceFrames.devices(devices.read(user));
  }
}
