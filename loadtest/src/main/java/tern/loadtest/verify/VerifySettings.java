// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.time.Duration;

/// What a run of `verify` is asked to be. Throws when it would be too small to mean anything.
record VerifySettings(Duration duration, int kills, long seed, int clients, int conversations) {
  VerifySettings {
    if (clients < 40 || conversations < 5 || kills < 0 || duration.isNegative()) {
      throw new IllegalArgumentException(
          "clients: %s, conversations: %s, kills: %s (expected: >= 40, >= 5, >= 0)"
              .formatted(clients, conversations, kills));
    }
  }
}
