// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tern.device.PushRegistration;

/// When a push service is spared.
final class SparedSenderTest {
  private static final Push PUSH =
      new Push(
          new PushRegistration.FcmToken("t"),
          Optional.empty(),
          1,
          1,
          Instant.EPOCH,
          new Push.Clear());

  private final AtomicLong now = new AtomicLong();
  private final Service service = new Service();
  private final SparedSender sender = new SparedSender("fcm", service, now::get);

  // Answers as it is told.
  private static final class Service implements PushSender {
    private PushOutcome answer = new PushOutcome.Failed("down", Optional.empty());
    private int asked;

    @Override
    public Future<PushOutcome> send(Push push) {
      asked++;
      return Future.succeededFuture(answer);
    }

    @Override
    public void close() {}
  }

  private void send(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(sender.send(PUSH).succeeded()).isTrue();
    }
  }

  @Test
  void serviceThatFailsFiveTimesInARowIsSparedAndThenAskedOnce() {
    send(7);
    assertThat(service.asked).isEqualTo(5);
    assertThat(sender.isSpared()).isTrue();

    now.addAndGet(Duration.ofSeconds(6).toNanos());
    send(3);

    assertThat(service.asked).isEqualTo(6);
  }

  @Test
  void serviceThatIsBackGetsAllAgain() {
    send(5);
    service.answer = new PushOutcome.Accepted();
    now.addAndGet(Duration.ofSeconds(6).toNanos());

    send(4);

    assertThat(sender.isSpared()).isFalse();
    assertThat(service.asked).isEqualTo(9);
  }

  @Test
  void serviceThatAsksToWaitHasAnswered() {
    service.answer = new PushOutcome.Failed("429", Optional.of(Duration.ofSeconds(1)));

    send(20);

    assertThat(service.asked).isEqualTo(20);
  }

  @Test
  void whatIsSparedIsToBeTriedAgainAfterThePause() {
    send(5);

    assertThat(sender.send(PUSH).result())
        .isEqualTo(new PushOutcome.Failed("spared", Optional.of(Duration.ofSeconds(5))));
  }
}
