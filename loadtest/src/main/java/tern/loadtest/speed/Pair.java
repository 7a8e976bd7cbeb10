// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tern.loadtest.client.Frames;
import tern.v1.ClientFrame;

/// Two who chat. Closed: whoever gets a message answers it, so that a bounded number is on its way.
/// With a rate: each sends at its times, and what waits its turn is measured from the time at which
/// it should have left.
final class Pair {
  private static final int MAX_IN_FLIGHT = 32;

  private final Talker first;
  private final Talker second;
  private final String conversation;

  /// Two who have opened the conversation with each other: it is in nobody's list before they have
  /// done so themselves, or somebody has said something.
  static Pair open(Talker first, Talker second) {
    String conversation = Audience.open(first, direct(second));
    String _ = Audience.open(second, direct(first));
    return new Pair(first, second, conversation);
  }

  private static ClientFrame direct(Talker other) {
    return Frames.openDirect(other.device().name().user());
  }

  private Pair(Talker first, Talker second, String conversation) {
    this.first = first;
    this.second = second;
    this.conversation = conversation;
  }

  /// Returns when both see the conversation live.
  void awaitOpen() {
    Audience.awaitOpen(List.of(first, second), conversation);
  }

  void chatClosed(int inFlight) {
    for (Talker talker : List.of(first, second)) {
      talker
          .device()
          .loop()
          .execute(() -> talker.onMessage((_, _) -> talker.send(conversation, System.nanoTime())));
    }
    first
        .device()
        .loop()
        .execute(
            () -> {
              for (int i = 0; i < inFlight; i++) {
                first.send(conversation, System.nanoTime());
              }
            });
  }

  void chatAtRate(double perSecondEach, double offset) {
    long interval = (long) (1e9 / perSecondEach);
    for (Talker talker : List.of(first, second)) {
      long begin = System.nanoTime() + (long) (interval * offset);
      Schedule schedule = new Schedule(talker, begin, interval);
      talker
          .device()
          .loop()
          .execute(
              () -> {
                talker.onAccepted(schedule::sendDue);
                schedule.plan();
              });
    }
  }

  /// When one of the two sends; owned by the talker's event loop.
  private final class Schedule {
    private final Talker talker;
    private final long interval;
    private long due;

    Schedule(Talker talker, long begin, long interval) {
      this.talker = talker;
      this.due = begin;
      this.interval = interval;
    }

    void sendDue() {
      while (due <= System.nanoTime() && talker.inFlight() < MAX_IN_FLIGHT) {
        talker.send(conversation, due);
        due += interval;
      }
    }

    void plan() {
      sendDue();
      long wait = Math.max(TimeUnit.MILLISECONDS.toNanos(1), due - System.nanoTime());
      ScheduledFuture<?> _ =
          talker.device().loop().schedule(this::plan, wait, TimeUnit.NANOSECONDS);
    }
  }
}
