// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tern.id.UserId;
import tern.store.StoreException;

/// Who may search now.
@Timeout(30)
final class SearchTurnsTest {
  private static final UserId ANN = new UserId("ann");

  private final SearchTurns turns = new SearchTurns();
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void end() {
    mayEnd.countDown();
  }

  // Returns when the search runs.
  private void searches(UserId user) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Thread.startVirtualThread(() -> turns.take(user, () -> waits(begun)));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private boolean waits(CountDownLatch begun) {
    begun.countDown();
    try {
      return mayEnd.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneWhoSearchesAgainWaitsForThemselvesAndNobodyElseDoes() throws InterruptedException {
    searches(ANN);

    assertThatThrownBy(() -> turns.take(ANN, () -> "found"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("of this user");
    assertThat(turns.take(new UserId("bob"), () -> "found")).isEqualTo("found");
  }

  @Test
  void noMoreThanThreeSearchAtOnce() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      searches(new UserId("user-" + i));
    }

    assertThatThrownBy(() -> turns.take(ANN, () -> "found"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("too many searches");

    mayEnd.countDown();
    assertThat(turns.take(ANN, () -> "found")).isEqualTo("found");
  }
}
