// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tern.Eventually;

/// How many work at once, who waits, and for how long.
final class WorkersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void noMoreThanThatManyWorkAtOnceAndAllGetTheirTurn() {
    try (Workers workers = new Workers(2)) {
      for (int i = 0; i < 5; i++) {
        assertThat(workers.run(this::work, this::fail)).isTrue();
      }
      Eventually.holds("two work, three wait", PATIENCE, () -> workers.waiting() == 3);

      mayEnd.countDown();

      Eventually.holds("all have had their turn", PATIENCE, () -> ended.get() == 5);
      assertThat(most).hasValue(2);
      assertThat(workers.waiting()).isZero();
    }
  }

  @Test
  void whoWaitsTooLongIsRefused() throws InterruptedException {
    CountDownLatch refused = new CountDownLatch(1);
    try (Workers workers = new Workers(1, Duration.ofMillis(50))) {
      workers.run(this::work, this::fail);
      Eventually.holds("the first works", PATIENCE, () -> running.get() == 1);

      workers.run(this::fail, refused::countDown);

      assertThat(refused.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      mayEnd.countDown();
    }
    assertThat(ended).hasValue(1);
  }

  private void work() {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    running.decrementAndGet();
    ended.incrementAndGet();
  }

  private void fail() {
    throw new AssertionError("not what this request was to get");
  }
}
