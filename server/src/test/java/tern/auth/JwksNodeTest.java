// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.Eventually;
import tern.TestClient;
import tern.TestNode;
import tern.UnrulyClient;
import tern.auth.keys.TestJwksServer;
import tern.auth.keys.TestKey;
import tern.gateway.TestCertificate;
import tern.session.CloseCode;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// A whole node whose tokens are signed by keys that it knows from a key set.
@Tag("slow")
final class JwksNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path folder;

  private static String token(TestKey key) {
    long expires = Instant.now().plusSeconds(600).getEpochSecond();
    return key.token("{\"sub\":\"alice\",\"exp\":" + expires + "}");
  }

  private static ServerFrame greeted(TestClient client, TestKey key) {
    return client.ask(UnrulyClient.hello(token(key), "phone", "main").toBuilder());
  }

  private static boolean isWelcome(TestNode node, TestKey key) {
    try (TestClient client = TestClient.open(node)) {
      return greeted(client, key).hasWelcome();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
  void tokenOfAPinnedKeyIsWelcomeOnANodeWithoutASecret(String algorithm) throws Exception {
    TestKey key = TestKey.of(algorithm, "now");
    Path file = Files.writeString(folder.resolve("jwks.json"), TestKey.jwks(key));

    try (TestNode node =
        TestNode.start(Map.of("TERN_AUTH_SECRET", "", "TERN_AUTH_JWKS", file.toString()))) {
      assertThat(isWelcome(node, key)).isTrue();
    }
  }

  @Test
  void tokenOfAnUnknownKeyIsToldToComeBackWhileTheKeysAreAskedFor() throws Exception {
    TestKey first = TestKey.of("ES256", "first");
    TestKey second = TestKey.of("EdDSA", "second");
    try (TestJwksServer keys = new TestJwksServer(TestCertificate.in(folder), TestKey.jwks(first));
        TestNode node =
            TestNode.start(
                Map.of(
                    "TERN_AUTH_JWKS",
                    keys.address(),
                    "TERN_AUTH_JWKS_CERTIFICATE",
                    keys.certificate()))) {
      assertThat(isWelcome(node, first)).isTrue();
      keys.has(TestKey.jwks(first, second));
      // Until then an unknown key counts as none at all.
      Eventually.passes(Duration.ofSeconds(10));

      try (TestClient early = TestClient.open(node)) {
        assertThat(greeted(early, second).getError().getCode())
            .isEqualTo(ErrorCode.ERROR_CODE_UNAVAILABLE);
        assertThat(early.awaitClose()).isEqualTo(CloseCode.OVERLOADED.number());
      }
      Eventually.holds("the new key is known", PATIENCE, () -> isWelcome(node, second));
      assertThat(keys.requests()).isEqualTo(2);
    }
  }

  @Test
  void nodeWithAKeySetThatCannotBeUsedDoesNotStart() throws Exception {
    Path file = Files.writeString(folder.resolve("jwks.json"), "{}");

    for (String location : new String[] {file.toString(), "https://127.0.0.1:1/none"}) {
      assertThatThrownBy(() -> TestNode.start(Map.of("TERN_AUTH_JWKS", location)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("auth.jwks: ");
    }
    assertThatThrownBy(() -> TestNode.start(Map.of("TERN_AUTH_JWKS", "http://127.0.0.1/keys")))
        .hasMessageStartingWith("auth.jwks: an address with http (expected: ");
  }
}
