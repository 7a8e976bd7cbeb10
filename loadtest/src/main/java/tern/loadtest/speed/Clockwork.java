// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Lets writers write at a fixed rate, in turns; each message is due at its time, however late it
/// leaves. Owned by the first writer's event loop.
final class Clockwork {
  private final List<Talker> writers;
  private final String conversation;
  private final long intervalNanos;
  private long due;
  private int turn;
  private volatile boolean isStopped;

  Clockwork(List<Talker> writers, String conversation, double perSecond) {
    this.writers = writers;
    this.conversation = conversation;
    this.intervalNanos = (long) (1e9 / perSecond);
  }

  void start() {
    due = System.nanoTime();
    writers.getFirst().device().loop().execute(this::plan);
  }

  /// No message becomes due from now on.
  void stop() {
    isStopped = true;
  }

  private void plan() {
    if (isStopped) {
      return;
    }
    while (due <= System.nanoTime()) {
      long leaves = due;
      Talker writer = writers.get(turn++ % writers.size());
      writer.device().loop().execute(() -> writer.send(conversation, leaves));
      due += intervalNanos;
    }
    long wait = Math.max(TimeUnit.MILLISECONDS.toNanos(1), due - System.nanoTime());
    ScheduledFuture<?> _ =
        writers.getFirst().device().loop().schedule(this::plan, wait, TimeUnit.NANOSECONDS);
  }
}
