// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A rate with a burst.
class TokenBucketTest {
  private final AtomicLong now = new AtomicLong();
  private final TokenBucket bucket = new TokenBucket(10, 3, now::get);

  @Test
  void fullBucketGivesItsBurst() {
    assertThat(bucket.tryTake()).isZero();
    assertThat(bucket.tryTake()).isZero();
    assertThat(bucket.tryTake()).isZero();
    assertThat(bucket.tryTake()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
  }

  @Test
  void refusalTakesNothingAndTellsTheTimeToWait() {
    takeAll();

    long wait = bucket.tryTake();
    assertThat(bucket.tryTake()).isEqualTo(wait);
    now.addAndGet(wait - 1);
    assertThat(bucket.tryTake()).isEqualTo(1);
    now.addAndGet(1);
    assertThat(bucket.tryTake()).isZero();
    assertThat(bucket.tryTake()).isPositive();
  }

  @Test
  void longRestFillsTheBucketNoFurtherThanItsBurst() {
    takeAll();

    now.addAndGet(TimeUnit.DAYS.toNanos(1));

    takeAll();
    assertThat(bucket.tryTake()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void originOfTheClockDoesNotMatter(long origin) {
    now.set(origin);
    TokenBucket elsewhere = new TokenBucket(10, 1, now::get);

    assertThat(elsewhere.tryTake()).isZero();
    assertThat(elsewhere.tryTake()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(elsewhere.tryTake()).isZero();
  }

  @Test
  void threadsTogetherTakeNoMoreThanTheBurst() {
    TokenBucket shared = new TokenBucket(1, 1000, now::get);
    AtomicInteger taken = new AtomicInteger();

    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 4000; i++) {
        threads.execute(() -> taken.addAndGet(shared.tryTake() == 0 ? 1 : 0));
      }
    }

    assertThat(taken).hasValue(1000);
  }

  @Test
  void rateOfNothingIsRefused() {
    assertThatThrownBy(() -> new TokenBucket(0, 1, now::get))
        .hasMessageContaining("expected: >= 1");
    assertThatThrownBy(() -> new TokenBucket(1, 0, now::get))
        .hasMessageContaining("expected: >= 1");
  }

  private void takeAll() {
    for (int i = 0; i < 3; i++) {
      assertThat(bucket.tryTake()).isZero();
    }
  }
}
