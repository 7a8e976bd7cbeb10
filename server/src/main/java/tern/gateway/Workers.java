// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tern.gateway.request.Turn;

/// Where requests block: a virtual thread each, so that event loops never do.
///
/// Few of them use the store at once, in the order in which they came: when everybody comes back
/// after a restart, what the node does by itself, such as announcing, does not wait behind them.
/// Whoever waits too long, or finds too many waiting, is refused as UNAVAILABLE.
public final class Workers implements AutoCloseable {
  private static final int MAX_RUNNING = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger running = new AtomicInteger();
  private final Semaphore turns;
  private final Duration patience;

  /// Lets this many requests work at once.
  public Workers(int atOnce) {
    this(atOnce, PATIENCE);
  }

  Workers(int atOnce, Duration patience) {
    this.turns = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  /// Runs `task` on a thread of its own as soon as it is its turn, or `refused` when that takes too
  /// long. Returns false, and runs neither, when too many wait.
  public boolean run(Runnable task, Runnable refused) {
    if (running.incrementAndGet() > MAX_RUNNING) {
      running.decrementAndGet();
      return false;
    }
    try {
      threads.execute(
          () -> {
            try {
              inTurn(task, refused);
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

  private void inTurn(Runnable task, Runnable refused) {
    try {
      if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        refused.run();
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      refused.run();
      return;
    }
    try {
      Turn.holding(turns, task);
    } finally {
      turns.release();
    }
  }

  /// How many requests wait for their turn.
  public int waiting() {
    return turns.getQueueLength();
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
