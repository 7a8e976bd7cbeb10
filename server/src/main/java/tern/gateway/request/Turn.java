// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.request;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// The turn of a request to use the store, which few have at once. Whoever waits for somebody
/// outside, or for something that takes long, lays it aside meanwhile, so that nobody else waits
/// along.
public final class Turn {
  private static final ScopedValue<Semaphore> HELD = ScopedValue.newInstance();

  private Turn() {}

  /// Runs the task, which holds one of these turns.
  public static void holding(Semaphore turns, Runnable task) {
    ScopedValue.where(HELD, turns).run(task);
  }

  /// Waits without the turn, if the thread holds one, and takes it again.
  public static <T> T aside(Supplier<T> wait) {
    if (!HELD.isBound()) {
      return wait.get();
    }
    Semaphore turns = HELD.get();
    turns.release();
    try {
      return wait.get();
    } finally {
      turns.acquireUninterruptibly();
    }
  }
}
