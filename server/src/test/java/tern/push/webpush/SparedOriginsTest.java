// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.device.PushRegistration;
import tern.push.Push;
import tern.push.PushOutcome;
import tern.push.PushSender;

/// Which push services of browsers are spared.
class SparedOriginsTest {
  private final AtomicLong now = new AtomicLong();
  private final Services services = new Services();
  private final SparedOrigins sender = new SparedOrigins(services, now::get);

  // One of them never answers.
  private static final class Services implements PushSender {
    private final List<String> asked = new ArrayList<>();
    private boolean isClosed;

    @Override
    public Future<PushOutcome> send(Push push) {
      String endpoint = ((PushRegistration.WebPush) push.to()).endpoint();
      asked.add(endpoint);
      return Future.succeededFuture(
          endpoint.toLowerCase(Locale.ROOT).contains("//dead")
              ? new PushOutcome.Failed("no answer in time", Optional.empty())
              : new PushOutcome.Accepted());
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  private PushOutcome send(String endpoint) {
    Push push =
        new Push(
            new PushRegistration.WebPush(endpoint, "B", "A"),
            Optional.empty(),
            1,
            1,
            Instant.EPOCH,
            new Push.Clear());
    return sender.send(push).result();
  }

  @Test
  void oneThatDoesNotAnswerIsSparedAndTheOthersAreNot() {
    for (int i = 0; i < 20; i++) {
      send("https://dead.example/" + i);
      assertThat(send("https://alive.example/" + i)).isEqualTo(new PushOutcome.Accepted());
    }

    assertThat(services.asked.stream().filter(it -> it.contains("dead"))).hasSize(5);
    assertThat(services.asked.stream().filter(it -> it.contains("alive"))).hasSize(20);
    assertThat(sender.spared()).isEqualTo(1);
  }

  @Test
  void portAndLettersOfAnOriginDecideNothing() {
    for (int i = 0; i < 20; i++) {
      send(i % 2 == 0 ? "https://dead.example/" : "https://DEAD.example:443/" + i);
    }

    assertThat(services.asked).hasSize(5);
  }

  @Test
  void oneThatIsSparedIsAskedAgainAfterThePause() {
    for (int i = 0; i < 8; i++) {
      send("https://dead.example/" + i);
    }

    now.addAndGet(Duration.ofSeconds(6).toNanos());
    send("https://dead.example/again");
    send("https://dead.example/and-again");

    assertThat(services.asked).hasSize(6).endsWith("https://dead.example/again");
  }

  @Test
  void noMoreThanAThousandAreRemembered() {
    for (int origin = 0; origin < 3_000; origin++) {
      for (int i = 0; i < 5; i++) {
        send("https://dead" + origin + ".example/");
      }
    }

    // What is evicted goes a moment later.
    Eventually.holds("at most a thousand", Duration.ofSeconds(5), () -> sender.spared() <= 1_000);
    assertThat(sender.spared()).isPositive();
  }

  @Test
  void whatIsNoAddressIsForTheSenderToRefuse() {
    send("http://plain.example/");

    assertThat(services.asked).containsExactly("http://plain.example/");
    sender.close();
    assertThat(services.isClosed).isTrue();
  }
}
