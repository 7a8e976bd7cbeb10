// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Spares whoever asks the wait for someone who does not answer: after five failures in a row
/// nobody is asked for five seconds, then one is asked to see. Any thread may use it.
public final class Breaker {
  private static final int FAILURES = 5;

  /// For how long nobody is asked.
  public static final Duration PAUSE = Duration.ofSeconds(5);

  private static final long PAUSE_NANOS = PAUSE.toNanos();

  private final LongSupplier nanoClock;
  // Guarded by this; no wait happens under it.
  private int failures;
  private long openedAt;

  /// Begins with the best hopes.
  public Breaker(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /// Whether to ask now.
  public synchronized boolean mayAsk() {
    if (failures < FAILURES) {
      return true;
    }
    long now = nanoClock.getAsLong();
    if (now - openedAt < PAUSE_NANOS) {
      return false;
    }
    // This one is to see; the others wait for what becomes of it.
    openedAt = now;
    return true;
  }

  /// Whether nobody is asked, save to see.
  public synchronized boolean isOpen() {
    return failures >= FAILURES;
  }

  /// It answered.
  public synchronized void answered() {
    failures = 0;
  }

  /// It did not. Returns whether that is when asking stops.
  public synchronized boolean failed() {
    failures++;
    if (failures >= FAILURES) {
      openedAt = nanoClock.getAsLong();
    }
    return failures == FAILURES;
  }
}
