// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.time.Duration;
import java.util.List;
import tern.loadtest.history.History;
import tern.loadtest.history.Life;
import tern.loadtest.history.PushTimes;

/// By when a message must have been pushed to whoever has neither acknowledged nor read it.
final class PushDue {
  // For what comes in between: a look at what waits, what is on its way to the same place.
  private static final Duration SPARE = Duration.ofSeconds(3);

  private final List<Life> lives;
  private final long needed;

  PushDue(History history) {
    PushTimes times = history.pushes().times();
    Duration wait = longer(times.grace(), longer(times.unknown(), times.elsewhere()));
    this.lives = history.lives();
    this.needed =
        wait.plus(times.comeBack().multipliedBy(2)).plus(times.pause()).plus(SPARE).toNanos();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /// The moment, for a message that was stored at a moment: the end of time if no life of the
  /// server since was long enough.
  long of(long storedAt) {
    for (Life life : lives) {
      long from = Math.max(life.readyAt(), storedAt);
      if (life.endedAt() - from >= needed) {
        return from + needed;
      }
    }
    return Long.MAX_VALUE;
  }
}
