// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that goes as all do, and can be put to another time.
final class MovableClock extends Clock {
  private volatile Duration offset = Duration.ZERO;

  /// Begins at this time.
  MovableClock(Instant start) {
    moveTo(start);
  }

  /// From now on it is this time.
  void moveTo(Instant time) {
    offset = Duration.between(Instant.now(), time);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("nobody asks for it");
  }
}
