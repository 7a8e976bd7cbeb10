// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

import java.time.Instant;
import java.util.Optional;
import tern.device.DeviceStanding;
import tern.id.PushLevel;
import tern.id.QuietHours;
import tern.id.UserId;

/// A message from alice to bob, committed at noon, and what tests say of it.
final class PushMoments {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  static final UserId ALICE = new UserId("alice");
  static final UserId BOB = new UserId("bob");
  static final PushMessage MESSAGE = message(false, false, false);
  static final Recipient RECIPIENT = recipient(PushPreference.DEFAULT);
  static final PushDevice ABSENT = device(new DeviceStanding.Absent());

  private PushMoments() {}

  static PushMessage message(boolean isSilent, boolean isUrgent, boolean mentions) {
    return new PushMessage(true, ALICE, isSilent, isUrgent, mentions, NOON);
  }

  static Recipient recipient(PushPreference preference) {
    return new Recipient(BOB, false, false, false, preference);
  }

  static PushDevice device(DeviceStanding standing) {
    return new PushDevice(true, standing, false, false);
  }

  static PushPreference wants(PushLevel level) {
    return new PushPreference(level, Instant.MIN, Optional.empty(), true, true);
  }

  static PushPreference muted(boolean mentionsPass, boolean urgentPasses) {
    return new PushPreference(
        PushLevel.ALL, Instant.MAX, Optional.empty(), mentionsPass, urgentPasses);
  }

  static PushPreference quiet(QuietHours hours) {
    return new PushPreference(PushLevel.ALL, Instant.MIN, Optional.of(hours), true, true);
  }
}
