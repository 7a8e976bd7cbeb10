// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

/// How devices catch up.
///
/// @param maxBehind revisions behind which a device starts anew, 1 to 1,000,000
public record CatchUpConfig(int maxBehind) {
  /// Refuses nonsense.
  public CatchUpConfig {
    if (maxBehind < 1 || maxBehind > 1_000_000) {
      throw new IllegalArgumentException(
          "catch_up.max_behind: " + maxBehind + " (expected: 1 to 1000000)");
    }
  }
}
