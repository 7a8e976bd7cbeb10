// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tern.Eventually;
import tern.gateway.TestCertificate;

/// A key set at an HTTPS address: whom it is believed from, and when it is asked for again.
@Tag("slow")
final class HttpsJwksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final TestKey FIRST = TestKey.of("EdDSA", "first");
  private static final TestKey SECOND = TestKey.of("EdDSA", "second");

  @TempDir private static Path folder;
  private static TestCertificate certificate;

  private TestJwksServer server;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.in(folder);
  }

  @BeforeEach
  void start() throws Exception {
    server = new TestJwksServer(certificate, TestKey.jwks(FIRST));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Jwks open(Duration lifetime, Duration pause) {
    JwksConfig config = new JwksConfig(server.address(), server.certificate(), lifetime);
    return HttpsJwks.open(config, Duration.ofSeconds(2), pause);
  }

  private AbstractThrowableAssert<?, ?> assertRefused() {
    return assertThatThrownBy(() -> open(LONG, LONG).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("auth.jwks: the key set of 127.0.0.1 can't be used: ");
  }

  private static void awaitKey(Jwks jwks, String id) {
    Eventually.holds(id + " is there", PATIENCE, () -> jwks.keys().named(id).isPresent());
  }

  @Test
  void keysAreFetchedAtTheStartAndAgainBeforeTheirLifetimeEnds() {
    try (Jwks jwks = open(Duration.ofSeconds(1), LONG)) {
      assertThat(jwks.keys().named("first")).isPresent();

      server.has(TestKey.jwks(SECOND));

      awaitKey(jwks, "second");
      assertThat(jwks.keys().named("first")).isEmpty();
    }
  }

  @Test
  void floodOfUnknownKeysCausesOneFetch() {
    try (Jwks jwks = open(LONG, SHORT)) {
      assertThat(jwks.mayLearn()).as("just fetched").isFalse();
      server.has(TestKey.jwks(FIRST, SECOND));
      Eventually.holds("may be asked again", PATIENCE, jwks::mayLearn);

      Eventually.holds(
          "the flood sees the key",
          PATIENCE,
          () -> {
            for (int i = 0; i < 10_000; i++) {
              jwks.mayLearn();
            }
            return jwks.keys().named("second").isPresent();
          });

      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void failingFetchKeepsTheLastGoodKeysAndIsTriedAgain() {
    try (Jwks jwks = open(Duration.ofSeconds(1), LONG)) {
      server.answers(exchange -> exchange.sendResponseHeaders(500, -1));
      int before = server.requests();
      Eventually.holds("failed twice", PATIENCE, () -> server.requests() >= before + 2);
      assertThat(jwks.keys().named("first")).isPresent();
      server.has("{\"keys\": 7}");
      int broken = server.requests();
      Eventually.holds("is broken twice", PATIENCE, () -> server.requests() >= broken + 2);
      assertThat(jwks.keys().named("first")).isPresent();

      server.has(TestKey.jwks(SECOND));

      awaitKey(jwks, "second");
    }
  }

  @Test
  void askingForNewKeysNeverWaitsForTheAnswer() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    try (Jwks jwks = open(LONG, SHORT)) {
      server.answers(
          exchange -> {
            asked.countDown();
            awaitQuietly(mayAnswer);
          });
      Eventually.holds("may be asked again", PATIENCE, jwks::mayLearn);
      asked.await();

      assertThat(jwks.mayLearn()).as("the answer is still to come").isTrue();
      assertThat(jwks.keys().named("first")).isPresent();
      mayAnswer.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void redirectIsNotFollowed() {
    server.answers(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/elsewhere")) {
            TestJwksServer.text(TestKey.jwks(SECOND)).to(exchange);
          } else {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
          }
        });

    assertRefused().hasMessageContaining("status 302 (expected: 200)");
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void answerWithoutEndIsRefused() {
    server.answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks =
              " ".repeat(64 * 1024).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
          for (int i = 0; i < 1_000; i++) {
            exchange.getResponseBody().write(blanks);
          }
        });

    assertRefused();
  }

  @Test
  void answerThatDripsIsCutOff() {
    server.answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            Eventually.passes(Duration.ofMillis(100));
          }
        });

    assertRefused().hasMessageContaining("no whole answer within 2000ms");
  }

  @Test
  void certificateOfAnUnknownAuthorityIsNotBelieved() {
    JwksConfig config = new JwksConfig(server.address(), "", LONG);

    assertThatThrownBy(() -> Jwks.open(config)).hasMessageContaining("PKIX");
    assertThat(server.requests()).isZero();
  }

  @Test
  void certificateOfAnotherHostIsNotBelieved() {
    String elsewhere = server.address().replace("127.0.0.1", "127.0.0.2");
    JwksConfig config = new JwksConfig(elsewhere, server.certificate(), LONG);

    assertThatThrownBy(() -> Jwks.open(config)).isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isZero();
  }

  @Test
  void certificateFileThatIsNoneIsRefused() throws Exception {
    String file = Files.writeString(folder.resolve("ca.pem"), "none").toString();

    assertThatThrownBy(() -> Jwks.open(new JwksConfig(server.address(), file, LONG)))
        .hasMessageStartingWith("auth.jwks_certificate: " + file + " can't be used");
  }
}
