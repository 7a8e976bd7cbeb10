// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tern.auth.Verification.Rejected;
import tern.auth.Verification.Verified;
import tern.auth.keys.Jwks;
import tern.auth.keys.JwksConfig;
import tern.auth.keys.TestKey;

/// Forged, twisted and stale tokens against a verifier with the secret and a key set, and against
/// one with the key set alone: each is refused, none throws, and none is quoted.
@Tag("slow")
final class TokenAttackTest {
  private static final Clock CLOCK = Clock.fixed(AttackTokens.NOW, ZoneOffset.UTC);

  @TempDir private static Path folder;
  private static Jwks jwks;
  private static TokenVerifier withSecret;
  private static TokenVerifier withoutSecret;

  @BeforeAll
  static void open() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("jwks.json"),
            TestKey.jwks(AttackTokens.RSA, AttackTokens.EC, AttackTokens.ED));
    JwksConfig keys = new JwksConfig(file.toString(), "", Duration.ofMinutes(10));
    jwks = Jwks.open(keys);
    withSecret = verifier(Secret.of(AttackTokens.SECRET), keys);
    withoutSecret = verifier(Secret.of(""), keys);
  }

  private static TokenVerifier verifier(Secret secret, JwksConfig keys) {
    AuthConfig config = new AuthConfig(secret, Duration.ofSeconds(30), "shop", "chat", keys);
    return new TokenVerifier(config, jwks, CLOCK);
  }

  @AfterAll
  static void close() {
    jwks.close();
  }

  static Stream<Arguments> attacks() {
    return AttackTokens.all().entrySet().stream()
        .map(attack -> Arguments.of(attack.getKey(), attack.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void attackIsRefusedAndNotQuoted(String attack, String token) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Level level = root.getLevel();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    try {
      for (TokenVerifier verifier : new TokenVerifier[] {withSecret, withoutSecret}) {
        Verification answer = verifier.verify(token);

        assertThat(answer).as(attack).isInstanceOf(Rejected.class);
        assertThat(((Rejected) answer).reason())
            .hasSizeLessThan(120)
            .doesNotContain(AttackTokens.CANARY);
      }
    } finally {
      root.setLevel(level);
      root.detachAppender(log);
    }
    assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
  }

  @Test
  void tokensOfThePinnedKeysAreBelieved() {
    for (TestKey key : new TestKey[] {AttackTokens.RSA, AttackTokens.EC, AttackTokens.ED}) {
      String unnamed = key.signed("{\"alg\":\"" + key.algorithm() + "\"}", AttackTokens.claims());

      assertThat(withSecret.verify(key.token(AttackTokens.claims()))).isInstanceOf(Verified.class);
      assertThat(withoutSecret.verify(unnamed)).isInstanceOf(Verified.class);
    }
    String shared =
        AttackTokens.hmac(
            AttackTokens.SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "{\"alg\":\"HS256\"}",
            AttackTokens.claims());
    assertThat(withSecret.verify(shared)).isInstanceOf(Verified.class);
    assertThat(withoutSecret.verify(shared))
        .isEqualTo(
            new Rejected("token is signed in another way (expected: RS256, ES256 or EdDSA)"));
  }
}
