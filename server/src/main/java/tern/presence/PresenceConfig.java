// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

/// How much of presence a node carries.
///
/// @param maxWatched users on the screens of all sessions together, 0 to 100,000,000; beyond it
///     presence is answered, and changes of it are not told
public record PresenceConfig(int maxWatched) {
  private static final int MOST = 100_000_000;

  /// Refuses nonsense.
  public PresenceConfig {
    if (maxWatched < 0 || maxWatched > MOST) {
      throw new IllegalArgumentException(
          "presence.max_watched: " + maxWatched + " (expected: 0 to " + MOST + ")");
    }
  }
}
