// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BreakerTest {
  private final AtomicLong now = new AtomicLong();
  private final Breaker breaker = new Breaker(now::get);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }

  @Test
  void fiveFailuresInARowStopTheAsking() {
    fail(4);
    breaker.answered();
    fail(4);
    assertThat(breaker.mayAsk()).isTrue();

    assertThat(breaker.failed()).isTrue();

    assertThat(breaker.mayAsk()).isFalse();
  }

  @Test
  void afterAPauseOneIsAskedAndItsAnswerDecides() {
    fail(5);
    now.addAndGet(Duration.ofSeconds(5).toNanos());

    assertThat(breaker.mayAsk()).isTrue();
    assertThat(breaker.mayAsk()).isFalse();
    assertThat(breaker.failed()).isFalse();
    assertThat(breaker.mayAsk()).isFalse();

    now.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(breaker.mayAsk()).isTrue();
    breaker.answered();
    assertThat(breaker.mayAsk()).isTrue();
    assertThat(breaker.mayAsk()).isTrue();
  }
}
