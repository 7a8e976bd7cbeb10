// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import java.time.Duration;

/// How much one user may search.
///
/// @param perSecond searches of one user in the long run, 1 to 1,000
/// @param burst searches of one user at once, 1 to 1,000
/// @param timeout how long the store may work on one, 100 ms to 9 s
public record SearchConfig(int perSecond, int burst, Duration timeout) {
  private static final int MOST = 1_000;
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(9);

  /// Refuses nonsense.
  public SearchConfig {
    check("per_second", perSecond);
    check("burst", burst);
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("search.timeout: " + timeout + " (expected: 100ms to 9s)");
    }
  }

  private static void check(String name, int value) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(
          "search." + name + ": " + value + " (expected: 1 to " + MOST + ")");
    }
  }
}
