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
import tern.id.UserId;
import tern.session.Shares;

/// Where requests block: a virtual thread each, so that event loops never do.
///
/// Few of them use the store at once, in the order in which they came: when everybody comes back
/// after a restart, what the node does by itself, such as announcing, does not wait behind them.
/// Whoever waits too long, or finds too many waiting, is refused as UNAVAILABLE. No user has more
/// than a share of them, however many devices ask.
public final class Workers implements AutoCloseable {
  private static final int MAX_RUNNING = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger running = new AtomicInteger();
  private final Semaphore turns;
  private final Shares shares;
  private final Duration patience;

  /// @param atOnce how many requests work at once
  /// @param ofOneUser how many of one user may work and wait
  public Workers(int atOnce, int ofOneUser) {
    this(atOnce, ofOneUser, PATIENCE);
  }

  Workers(int atOnce, int ofOneUser, Duration patience) {
    this.turns = new Semaphore(atOnce, true);
    this.shares = new Shares(ofOneUser);
    this.patience = patience;
  }

  /// Likewise [#run(Runnable, Runnable)], as part of this user's share; returns false also when the
  /// user has no more of it.
  public boolean run(UserId user, Runnable task, Runnable refused) {
    if (!shares.tryTake(user)) {
      return false;
    }
    boolean begun = run(() -> inShare(user, task), () -> inShare(user, refused));
    if (!begun) {
      shares.giveBack(user);
    }
    return begun;
  }

  private void inShare(UserId user, Runnable task) {
    try {
      task.run();
    } finally {
      shares.giveBack(user);
    }
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
