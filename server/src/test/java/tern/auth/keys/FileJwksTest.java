// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tern.Eventually;

/// A key set in a file.
@Tag("slow")
final class FileJwksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final TestKey FIRST = TestKey.of("EdDSA", "first");
  private static final TestKey SECOND = TestKey.of("EdDSA", "second");

  @TempDir private Path folder;

  private static JwksConfig config(Path file) {
    return new JwksConfig(file.toString(), "", Duration.ofMinutes(10));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("jwks.json"), content);
  }

  private void replace(String content) throws IOException {
    Path draft = Files.writeString(folder.resolve("draft"), content);
    Files.move(draft, folder.resolve("jwks.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void fileThatCannotBeUsedIsRefusedBySentence() throws IOException {
    Path missing = folder.resolve("none.json");
    Path bad = file("{\"keys\": 7}");

    assertThatThrownBy(() -> Jwks.open(config(missing)))
        .hasMessage("auth.jwks: " + missing + " can't be read (expected: a file with a JWKS)");
    assertThatThrownBy(() -> Jwks.open(config(folder)))
        .hasMessage("auth.jwks: " + folder + " can't be read (expected: a file with a JWKS)");
    assertThatThrownBy(() -> Jwks.open(config(bad)))
        .hasMessage("auth.jwks: " + bad + ": no key set (expected: {\"keys\": [...]})");
    Path long1 = file(" ".repeat(KeyRing.MAX_BYTES + 1));
    assertThatThrownBy(() -> Jwks.open(config(long1))).hasMessageContaining("too long");
  }

  @Test
  void changedFileIsReadAndABrokenOneLeavesTheKeysInForce() throws IOException {
    try (Jwks jwks = Jwks.open(config(file(TestKey.jwks(FIRST))))) {
      replace("{\"keys\": 7}");
      Eventually.passes(Duration.ofMillis(1_500));
      assertThat(jwks.keys().named("first")).isPresent();

      replace(TestKey.jwks(SECOND));
      Eventually.holds(
          "the new key is there", PATIENCE, () -> jwks.keys().named("second").isPresent());

      assertThat(jwks.keys().named("first")).isEmpty();
      assertThat(jwks.mayLearn()).isFalse();
    }
  }
}
