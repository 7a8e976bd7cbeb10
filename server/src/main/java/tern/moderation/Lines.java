// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.id.ConversationId;
import tern.id.UserId;

/// One line for each sender in each conversation: within it tasks run one after the other, in the
/// order in which they came; lines do not wait for each other. Bounded as a whole.
final class Lines implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lines.class);
  private static final Duration END = Duration.ofSeconds(2);

  private final int capacity;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  // Guards itself and what follows; no task runs under it.
  private final Map<Line, Deque<Runnable>> lines = new HashMap<>();
  private int waiting;

  Lines(int capacity) {
    this.capacity = capacity;
  }

  /// A sender in a conversation.
  record Line(ConversationId conversation, UserId sender) {}

  /// Takes the task; returns false, and does not, when as many wait as may.
  boolean add(Line line, Runnable task) {
    synchronized (lines) {
      if (waiting >= capacity || !(lines.containsKey(line) || begins(line))) {
        return false;
      }
      waiting++;
      lines.computeIfAbsent(line, _ -> new ArrayDeque<>()).add(task);
      return true;
    }
  }

  // Under the lock, so that nobody joins a line that is not to be worked at. It only asks for a
  // thread, which waits for the lock in its turn.
  private boolean begins(Line line) {
    try {
      threads.execute(() -> work(line));
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  private void work(Line line) {
    for (var task = next(line); task.isPresent(); task = next(line)) {
      try {
        task.orElseThrow().run();
      } catch (RuntimeException | Error e) {
        // Those behind it are none the worse for it.
        LOG.atError()
            .addKeyValue("conversation", line.conversation())
            .addKeyValue("cause", e.getClass().getName())
            .log("a verdict can't be told");
      }
    }
  }

  private Optional<Runnable> next(Line line) {
    synchronized (lines) {
      Deque<Runnable> tasks = lines.getOrDefault(line, new ArrayDeque<>());
      Optional<Runnable> next = Optional.ofNullable(tasks.poll());
      if (next.isPresent()) {
        waiting--;
      } else {
        lines.remove(line);
      }
      return next;
    }
  }

  int waiting() {
    synchronized (lines) {
      return waiting;
    }
  }

  boolean isIdle(Line line) {
    synchronized (lines) {
      return !lines.containsKey(line);
    }
  }

  /// Waits a little for what runs, then ends.
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
