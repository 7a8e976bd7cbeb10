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
import tern.id.UserId;

/// How many work at once, who waits, and for how long.
final class WorkersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void noMoreThanThatManyWorkAtOnceAndAllGetTheirTurn() {
    try (Workers workers = new Workers(2, 5)) {
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
    try (Workers workers = new Workers(1, 1, Duration.ofMillis(50))) {
      workers.run(this::work, this::fail);
      Eventually.holds("the first works", PATIENCE, () -> running.get() == 1);

      workers.run(this::fail, refused::countDown);

      assertThat(refused.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      mayEnd.countDown();
    }
    assertThat(ended).hasValue(1);
  }

  @Test
  void nobodyHasMoreThanAShareAndTheOthersHaveTheirs() {
    UserId hasty = new UserId("hasty");
    try (Workers workers = new Workers(1, 2)) {
      assertThat(workers.run(hasty, this::work, this::fail)).isTrue();
      assertThat(workers.run(hasty, this::work, this::fail)).isTrue();

      assertThat(workers.run(hasty, this::fail, this::fail)).isFalse();
      assertThat(workers.run(new UserId("patient"), this::work, this::fail)).isTrue();

      mayEnd.countDown();
      Eventually.holds("all have had their turn", PATIENCE, () -> ended.get() == 3);
      Eventually.holds(
          "the share is given back", PATIENCE, () -> workers.run(hasty, () -> {}, this::fail));
    }
  }

  @Test
  void whoIsRefusedHasTheirShareBack() {
    UserId user = new UserId("user");
    try (Workers workers = new Workers(1, 1, Duration.ofMillis(50))) {
      workers.run(this::work, this::fail);
      Eventually.holds("the first works", PATIENCE, () -> running.get() == 1);

      assertThat(workers.run(user, this::fail, () -> {})).isTrue();

      Eventually.holds("it may ask again", PATIENCE, () -> workers.run(user, () -> {}, () -> {}));
      mayEnd.countDown();
    }
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
