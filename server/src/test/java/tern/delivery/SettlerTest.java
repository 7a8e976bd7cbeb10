// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.push.CommittedMessage;
import tern.store.Database;
import tern.store.StoreException;
import tern.store.TestPostgres;

final class SettlerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int NODE = 1;

  @AutoClose private final Database database = new Database(TestPostgres.newMigratedDatabase());

  private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> pushed = new LinkedBlockingQueue<>();

  private Settler start(BiConsumer<List<CommittedMessage>, Runnable> pushes) {
    Settler settler =
        new Settler(
            database,
            NODE,
            changes -> changes.forEach(change -> told.add(change.sequence())),
            pushes);
    settler.start(_ -> {}, _ -> true);
    return settler;
  }

  private static Announced message(long sequence) {
    return new Announced(
        new ConversationId(new UUID(0, 1)), new UserId("alice"), sequence, sequence);
  }

  private void push(List<CommittedMessage> messages) {
    messages.forEach(message -> pushed.add(message.sequence()));
  }

  @Test
  void whoIsToldOfMessagesDoesNotWaitForThePushesOfThoseBefore() throws InterruptedException {
    CountDownLatch isFree = new CountDownLatch(1);
    try (Settler settler =
        start(
            (messages, _) -> {
              await(isFree);
              push(messages);
            })) {
      settler.announced(1, List.of(message(1)));
      assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);

      settler.announced(2, List.of(message(2)));

      assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(2);
      assertThat(pushed).isEmpty();
      isFree.countDown();
      Eventually.holds("both", PATIENCE, () -> List.copyOf(pushed).equals(List.of(1L, 2L)));
    } finally {
      isFree.countDown();
    }
  }

  @Test
  void pushesThatTheStoreRefusesAreDecidedAgainAndNobodyIsToldTwice() throws InterruptedException {
    AtomicInteger turns = new AtomicInteger();
    try (Settler settler =
        start(
            (messages, _) -> {
              if (turns.incrementAndGet() < 3) {
                throw StoreException.busy("not now");
              }
              push(messages);
            })) {
      settler.announced(1, List.of(message(1)));

      assertThat(pushed.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(told).containsExactly(1L);
    }
  }

  @Test
  void messageThatCannotBeSettledKeepsNoOther() throws InterruptedException {
    try (Settler settler =
        start(
            (messages, _) -> {
              if (messages.stream().anyMatch(it -> it.sequence() == 2)) {
                throw new IllegalStateException("poisoned");
              }
              push(messages);
            })) {
      settler.announced(1, List.of(message(1)));
      settler.announced(2, List.of(message(2), message(3)));
      settler.announced(3, List.of(message(4)));

      Eventually.holds("the others", PATIENCE, () -> pushed.size() == 3);
      assertThat(pushed).containsExactlyInAnyOrder(1L, 3L, 4L);
      assertThat(told).containsExactly(1L, 2L, 3L, 4L);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
