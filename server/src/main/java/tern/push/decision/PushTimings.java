// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

import java.time.Duration;

/// How long a push waits for signs that it is not needed.
///
/// @param grace for a device in the foreground to acknowledge, from the commit on
/// @param unknown the same while nobody can tell where the device is
/// @param elsewhere for the user to read it on another device, from the commit on
/// @param comeBack for a device that has just left to be back, from then on
/// @param pause for more to come, once a conversation has been told of on a device: what comes
///     then goes in one push
public record PushTimings(
    Duration grace, Duration unknown, Duration elsewhere, Duration comeBack, Duration pause) {
  // Above the other constant, which is checked against it.
  private static final Duration MOST = Duration.ofMinutes(10);

  /// What fits phones in people's hands.
  public static final PushTimings DEFAULT =
      new PushTimings(
          Duration.ofSeconds(8),
          Duration.ofSeconds(12),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1));

  /// Refuses what is negative or longer than ten minutes.
  public PushTimings {
    check("grace", grace);
    check("unknown", unknown);
    check("elsewhere", elsewhere);
    check("come_back", comeBack);
    check("pause", pause);
  }

  private static void check(String what, Duration it) {
    if (it.isNegative() || it.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "push.timings." + what + ": " + it + " (expected: 0s to 10m)");
    }
  }
}
