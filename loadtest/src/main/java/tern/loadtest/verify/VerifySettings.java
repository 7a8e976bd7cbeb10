// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.time.Duration;
import java.util.List;

/// What a run of `verify` is asked to be. Throws when it would be too small to mean anything.
record VerifySettings(Duration duration, int kills, long seed, int clients, int conversations) {
  private static final Duration SHORT_LIFE = Duration.ofSeconds(15);

  VerifySettings {
    if (clients < 40 || conversations < 5 || kills < 0 || duration.isNegative()) {
      throw new IllegalArgumentException(
          "clients: %s, conversations: %s, kills: %s (expected: >= 40, >= 5, >= 0)"
              .formatted(clients, conversations, kills));
    }
  }

  /// Options of the node's JVM. Killed every few seconds, it would spend the better part of its
  /// lives on optimising what it never gets to run.
  List<String> jvmOptions() {
    boolean isShortLived = kills > 0 && duration.dividedBy(kills).compareTo(SHORT_LIFE) < 0;
    return isShortLived ? List.of("-XX:TieredStopAtLevel=1") : List.of();
  }
}
