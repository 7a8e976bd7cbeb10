// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits of the main thread: for a condition, for a while, for what an event loop knows.
public final class Await {
  private static final Duration STEP = Duration.ofMillis(20);

  private Await() {}

  /// Returns whether the condition became true in time.
  public static boolean until(Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return true;
  }

  /// Returns when that time has passed.
  public static void passing(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /// Asks the loop that owns something.
  public static <T> T on(EventLoop loop, Callable<T> question) {
    try {
      return loop.submit(question).get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("the event loop has no answer", e);
    }
  }
}
