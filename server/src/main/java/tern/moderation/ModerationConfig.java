// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import tern.moderation.hook.HookConfig;

/// How messages are looked at before they are stored.
///
/// @param queue messages that may wait to be looked at, 1 to 100,000; beyond it they are refused as
///     UNAVAILABLE
/// @param hook whom to ask
public record ModerationConfig(int queue, HookConfig hook) {
  private static final int MOST = 100_000;

  /// Refuses nonsense.
  public ModerationConfig {
    if (queue < 1 || queue > MOST) {
      throw new IllegalArgumentException(
          "moderation.queue: " + queue + " (expected: 1 to " + MOST + ")");
    }
  }
}
