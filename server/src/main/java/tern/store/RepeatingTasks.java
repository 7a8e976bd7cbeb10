// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that does some tasks again and again, each after a pause, and lives as long as the
/// node: what a task throws is logged, and it has its next turn like any other.
public final class RepeatingTasks {
  private static final Logger LOG = LoggerFactory.getLogger(RepeatingTasks.class);

  private static final long END_SECONDS = 5;

  private final String name;
  private final ScheduledExecutorService thread;

  /// @param name of the thread
  public RepeatingTasks(String name) {
    this.name = name;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(name).daemon().factory());
  }

  /// Does the task from now on, with this pause between two turns.
  @SuppressWarnings("FutureReturnValueIgnored") // the task catches what it throws
  public void every(Duration pause, Runnable task) {
    thread.scheduleWithFixedDelay(
        guarded(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Ends after `last`, which is done once what runs is done; waits for that, five seconds at most.
  public void endWith(Runnable last) {
    thread.execute(guarded(last));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.atWarn().addKeyValue("tasks", name).log("not ended in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  // One that throws would never run again.
  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (StoreException e) {
        LOG.atWarn()
            .addKeyValue("tasks", name)
            .addKeyValue("cause", e.getMessage())
            .log("store away, later");
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).addKeyValue("tasks", name).log("a task failed");
      }
    };
  }
}
