// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tern.TestClient;
import tern.TestNode;
import tern.UnrulyClient;
import tern.session.CloseCode;
import tern.v1.Goodbye;

/// Whoever tries in vain too often must wait: an address that brings bad tokens, a user who
/// guesses.
final class FailedAttemptsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final FailedAttempts failures = new FailedAttempts(3, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void failThrice(String address) {
    for (int i = 0; i < 3; i++) {
      assertThat(failures.timeToWait(address)).isZero();
      failures.failed(address);
    }
  }

  @Test
  void addressWaitsForTheEndOfTheMinuteInWhichItFailedTooOften() {
    failures.failed("192.0.2.1");
    pass(Duration.ofSeconds(20));
    failures.failed("192.0.2.1");
    failures.failed("192.0.2.1");

    assertThat(failures.timeToWait("192.0.2.1")).isEqualTo(Duration.ofSeconds(40));
    pass(Duration.ofSeconds(39));
    assertThat(failures.timeToWait("192.0.2.1")).isEqualTo(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    failThrice("192.0.2.1");
    assertThat(failures.timeToWait("192.0.2.1")).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void addressWaitsForItsOwnFailuresAlone() {
    failThrice("192.0.2.1");

    assertThat(failures.timeToWait("192.0.2.2")).isZero();
  }

  @Test
  void aNewMinuteBeginsAnew() {
    failures.failed("alice");
    failures.failed("alice");
    pass(Duration.ofMinutes(1));

    failThrice("alice");

    assertThat(failures.timeToWait("alice")).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void wholeNetworkOfAnIpv6AddressWaits() {
    failThrice("2001:db8:0:1::1");

    assertThat(failures.timeToWait("2001:db8:0:1:ffff:ffff:ffff:ffff")).isPositive();
    assertThat(failures.timeToWait("2001:db8:0:2::1")).isZero();
  }

  @Test
  void addressThatFailedTooOftenIsSentAwayBeforeItsTokenIsLookedAt() {
    try (TestNode node = TestNode.start(Map.of("TERN_LIMITS_FAILED_HELLOS_PER_MINUTE", "2"));
        TestClient present = node.connect("alice");
        UnrulyClient early = UnrulyClient.open(node)) {
      for (int i = 0; i < 2; i++) {
        try (UnrulyClient forger =
            UnrulyClient.greeted(node, UnrulyClient.hello("forged", "phone", "main"))) {
          forger.goodbye();
          assertThat(forger.closeCode()).isEqualTo(CloseCode.UNAUTHENTICATED.number());
        }
      }

      String good = node.token("alice", Duration.ofHours(1));
      early.send(UnrulyClient.hello(good, "phone", "main"));
      try (UnrulyClient silent = UnrulyClient.open(node)) {
        assertSentAway(silent);
      }
      assertSentAway(early);
      assertThat(present.ask(tern.Requests.inbox(1)).hasInboxPage()).isTrue();
    }
  }

  private static void assertSentAway(UnrulyClient client) {
    Goodbye goodbye = client.goodbye();

    assertThat(client.closeCode()).isEqualTo(CloseCode.OVERLOADED.number());
    assertThat(goodbye.getMayComeBack()).isTrue();
    assertThat(goodbye.getComeBackAfterMs()).isBetween(1, 60_000);
  }
}
