// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.moderation.Lines.Line;

final class LinesTest {
  private static final Line LINE =
      new Line(new ConversationId(UUID.randomUUID()), new UserId("alice"));

  @Test
  void whatFollowsATaskThatFailsBadlyIsDone() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    try (Lines lines = new Lines(10)) {
      CountDownLatch begun = new CountDownLatch(1);
      boolean isTaken =
          lines.add(
              LINE,
              () -> {
                begun.countDown();
                throw new AssertionError("on purpose");
              });
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(isTaken && lines.add(LINE, done::countDown)).isTrue();
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  // Many at once, for only one that comes amid another's refusal could be taken by mistake.
  @Test
  void whatWouldNotBeDoneAnyMoreIsNotTaken() throws InterruptedException {
    Lines lines = new Lines(1_000_000);
    lines.close();
    AtomicInteger taken = new AtomicInteger();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      senders.add(Thread.ofPlatform().start(() -> addMany(lines, taken)));
    }
    for (Thread sender : senders) {
      sender.join();
    }

    assertThat(taken).hasValue(0);
    assertThat(lines.waiting()).isZero();
    assertThat(lines.isIdle(LINE)).isTrue();
  }

  private static void addMany(Lines lines, AtomicInteger taken) {
    for (int i = 0; i < 20_000; i++) {
      if (lines.add(LINE, () -> {})) {
        taken.incrementAndGet();
      }
    }
  }
}
