// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Where requests block: a virtual thread each, so that event loops never do. Bounded; beyond the
/// bound a request is refused as UNAVAILABLE.
public final class Workers implements AutoCloseable {
  private static final int MAX_RUNNING = 10_000;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger running = new AtomicInteger();

  /// Runs the task on a thread of its own; returns false, and does not, when too many run.
  boolean run(Runnable task) {
    if (running.incrementAndGet() > MAX_RUNNING) {
      running.decrementAndGet();
      return false;
    }
    try {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              running.decrementAndGet();
            }
          });
      return true;
    } catch (RejectedExecutionException _) {
      running.decrementAndGet();
      return false;
    }
  }

  /// Waits a little for what runs, then ends.
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(Duration.ofSeconds(3).toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
