// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import java.time.Duration;

/// How OPEN conversations are watched.
///
/// @param usersCreate whether users create them, too; else only the app's backend
/// @param watchesPerUser conversations that one user watches at once on this node, each session's
///     counted, 1 to 10,000
/// @param countEvery how often those who watch are told how many they are, at most; 1 s to an hour
public record WatchConfig(boolean usersCreate, int watchesPerUser, Duration countEvery) {
  private static final int MOST_WATCHES = 10_000;
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(1);

  /// Refuses nonsense.
  public WatchConfig {
    if (watchesPerUser < 1 || watchesPerUser > MOST_WATCHES) {
      throw new IllegalArgumentException(
          "open.watches_per_user: " + watchesPerUser + " (expected: 1 to " + MOST_WATCHES + ")");
    }
    if (countEvery.compareTo(LEAST) < 0 || countEvery.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "open.count_every: " + countEvery + " (expected: 1s to 1h)");
    }
  }

  /// The same, but users create them whatever the setting says, for the demo has no backend that
  /// could, and counts are told within a second.
  public WatchConfig forDemo() {
    Duration soon = Duration.ofSeconds(1);
    return new WatchConfig(
        true, watchesPerUser, countEvery.compareTo(soon) < 0 ? countEvery : soon);
  }
}
