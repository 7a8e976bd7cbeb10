// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tern.auth.Identity;
import tern.auth.Judgement;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.store.Database;

/// Devices as tests tell of them: in words, with an address each.
final class TestDevices {
  private final Devices devices;

  TestDevices(Database database) {
    this.devices = new Devices(database);
  }

  /// A token of the user, issued then.
  static Identity token(String user, Instant issuedAt) {
    return new Identity(new UserId(user), issuedAt.plus(Duration.ofHours(1)), "a-token", issuedAt);
  }

  /// What a device with this FCM token tells of itself.
  static DeviceState at(String address) {
    return new DeviceState(
        Optional.of(new PushRegistration.FcmToken(address)), "de-AT", "Europe/Vienna", "2.1");
  }

  /// The device registers with a token that was issued just now.
  Judgement register(String user, String device, String address) {
    return register(user, device, address, Instant.now());
  }

  Judgement register(String user, String device, String address, Instant issuedAt) {
    return devices.register(token(user, issuedAt), new DeviceId(device), at(address));
  }

  /// The device says Hello.
  Judgement hello(String user, String device, Optional<DeviceState> told) {
    return devices.seen(token(user, Instant.now()), new DeviceId(device), told);
  }

  /// Where a device can be pushed to; empty for nowhere.
  String addressOf(String user, String device) {
    return find(user, device)
        .flatMap(Device::registration)
        .map(PushRegistration::address)
        .orElse("");
  }

  Optional<Device> find(String user, String device) {
    return devices.read(new UserId(user)).stream()
        .filter(it -> it.id().value().equals(device))
        .findFirst();
  }
}
