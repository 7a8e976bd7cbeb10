// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.retention;

import java.time.Duration;
import java.util.List;

/// For how long messages and closed reports are kept; zero: for ever. A conversation may have a
/// rule of its own.
///
/// @param direct in conversations of two
/// @param group in groups
/// @param support in conversations with the business
/// @param open in live rooms
/// @param reports after they were closed
/// @param lookEvery the pause between two walks through all conversations, 100 ms to 24 h
public record RetentionConfig(
    Duration direct,
    Duration group,
    Duration support,
    Duration open,
    Duration reports,
    Duration lookEvery) {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /// Refuses nonsense.
  public RetentionConfig {
    check("direct", direct);
    check("group", group);
    check("support", support);
    check("open", open);
    check("reports", reports);
    if (lookEvery.toMillis() < 100 || lookEvery.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "limits.retention.look_every: " + lookEvery + " (expected: 100ms to 24h)");
    }
  }

  private static void check(String name, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "limits.retention." + name + ": " + value + " (expected: 0s to 876000h)");
    }
  }

  /// In seconds, in the order of the kinds' numbers.
  List<Long> seconds() {
    return List.of(direct.toSeconds(), group.toSeconds(), support.toSeconds(), open.toSeconds());
  }

  /// Whether only conversations with a rule of their own can have anything to let go.
  boolean isNone() {
    return seconds().stream().allMatch(it -> it == 0);
  }
}
