// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tern.TestNode;
import tern.store.Database;
import tern.store.StoreException;

/// Whoever asks a lane for something is answered, whatever becomes of it and of the others.
@Tag("slow")
@Timeout(60)
final class IntakeLaneTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final Database DATABASE = new Database(NODE.database());

  @AutoClose private final IntakeLane lane = lane();

  private static IntakeLane lane() {
    IntakeConfig config = new IntakeConfig(1, 100, 100, DEADLINE);
    return new IntakeLane(
        "a-lane", new IntakeLane.Rules(DATABASE, 1, config, Duration.ZERO, _ -> {}, (_, _) -> {}));
  }

  private <T> LaneTask<T> ask(Duration deadline, LaneTask.Work<T> work) {
    LaneTask<T> task = new LaneTask<>(work, System.nanoTime() + deadline.toNanos());
    assertThat(lane.offer(task)).isTrue();
    return task;
  }

  // Until it is counted down the lane does nothing else: what comes meanwhile is one group.
  private CountDownLatch holdUp() {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    ask(DEADLINE, _ -> done(waits(mayGoOn) ? "waited" : "waited in vain"));
    return mayGoOn;
  }

  private static boolean waits(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> LaneTask.Done<T> done(T outcome) {
    return new LaneTask.Done<>(outcome, List.of());
  }

  @Test
  void poisonedWorkFailsAndTheRestOfItsGroupIsDone() {
    CountDownLatch mayGoOn = holdUp();
    LaneTask<String> poisoned =
        ask(
            DEADLINE,
            _ -> {
              throw new IllegalStateException("on purpose");
            });
    LaneTask<String> wholesome = ask(DEADLINE, _ -> done("done"));

    mayGoOn.countDown();

    assertThatThrownBy(poisoned::done)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("on purpose");
    assertThat(wholesome.done().outcome()).isEqualTo("done");
  }

  @Test
  void whatHasWaitedTooLongIsRefusedAndNotBegun() {
    CountDownLatch begun = new CountDownLatch(1);
    LaneTask<String> late =
        ask(
            Duration.ZERO,
            _ -> {
              begun.countDown();
              return done("done");
            });

    assertThatThrownBy(late::done)
        .isInstanceOfSatisfying(StoreException.class, it -> assertThat(it.isPassing()).isTrue());
    assertThat(begun.getCount()).isEqualTo(1);
  }
}
