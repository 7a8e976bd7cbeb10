// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tern.id.UserId;

/// Who guesses too often waits for the minute's end.
final class FailedJoinsTest {
  private static final UserId ALICE = new UserId("alice");

  private final AtomicLong clock = new AtomicLong();
  private final FailedJoins failures = new FailedJoins(2, clock::get);

  @Test
  void userWaitsForTheMinutesEnd() {
    failures.failed(ALICE);
    clock.addAndGet(Duration.ofSeconds(20).toNanos());
    assertThat(failures.timeToWait(ALICE)).isZero();

    failures.failed(ALICE);

    assertThat(failures.timeToWait(ALICE)).isEqualTo(Duration.ofSeconds(40));
    assertThat(failures.timeToWait(new UserId("bob"))).isZero();
    clock.addAndGet(Duration.ofSeconds(40).toNanos());
    assertThat(failures.timeToWait(ALICE)).isZero();
  }

  @Test
  void aNewMinuteBeginsAnew() {
    failures.failed(ALICE);
    failures.failed(ALICE);
    clock.addAndGet(Duration.ofMinutes(1).toNanos());

    failures.failed(ALICE);

    assertThat(failures.timeToWait(ALICE)).isZero();
  }
}
