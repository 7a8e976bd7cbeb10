// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// A rate with a burst. Holds no tokens but the moment at which the bucket is full again, so it
/// needs no timer and one atomic step; any thread may use it.
public final class TokenBucket {
  private static final VarHandle FULL_AT = fullAtHandle();

  private final long nanosPerToken;
  private final long nanosToFill;
  private final LongSupplier nanoClock;

  @SuppressWarnings("UnusedVariable") // read and written through FULL_AT
  private volatile long fullAt;

  /// Takes the tokens that come back per second, the tokens of a full bucket, and the time.
  public TokenBucket(int ratePerSecond, int burst, LongSupplier nanoClock) {
    if (ratePerSecond < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "rate: " + ratePerSecond + ", burst: " + burst + " (expected: >= 1)");
    }
    this.nanosPerToken = Math.max(1, TimeUnit.SECONDS.toNanos(1) / ratePerSecond);
    this.nanosToFill = nanosPerToken * burst;
    this.nanoClock = nanoClock;
    this.fullAt = nanoClock.getAsLong();
  }

  /// Takes a token and returns 0, or takes none and returns the nanoseconds until there is one.
  public long tryTake() {
    while (true) {
      long now = nanoClock.getAsLong();
      long seen = fullAt;
      // Differences, because the clock's origin is arbitrary and may lie on either side of 0.
      long next = (seen - now > 0 ? seen : now) + nanosPerToken;
      long missing = next - now - nanosToFill;
      if (missing > 0) {
        return missing;
      }
      if (FULL_AT.compareAndSet(this, seen, next)) {
        return 0;
      }
    }
  }

  private static VarHandle fullAtHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(TokenBucket.class, "fullAt", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
