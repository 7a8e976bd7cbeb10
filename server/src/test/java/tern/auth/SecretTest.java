// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tern.auth.keys.JwksConfig;

/// What is kept secret, and where.
class SecretTest {
  private static final Secret GOOD = Secret.of("0123456789abcdef0123456789abcdef");

  @TempDir private Path folder;

  @Test
  void secretDoesNotPrintItself() {
    assertThat(GOOD).hasToString("[REDACTED]");
    assertThat(new AuthConfig(GOOD, Duration.ZERO, "", "", JwksConfig.NONE).toString())
        .doesNotContain("0123");
  }

  @Test
  void shortSecretIsRefused() {
    assertThatThrownBy(
            () -> new AuthConfig(Secret.of("short"), Duration.ZERO, "", "", JwksConfig.NONE))
        .hasMessageContaining("auth.secret: 5 bytes (expected: at least 32");
  }

  @Test
  void leewayOfMoreThanAMinuteIsRefused() {
    assertThatThrownBy(() -> new AuthConfig(GOOD, Duration.ofSeconds(61), "", "", JwksConfig.NONE))
        .hasMessage("auth.leeway: 61000ms (expected: 0s to 60s)");
  }

  @Test
  void demoSecretIsMadeOnceForItsOwnerAlone() throws IOException {
    Path dataDir = folder.resolve("data");

    Secret first = DemoSecret.in(dataDir);
    Secret second = DemoSecret.in(dataDir);

    assertThat(first).isEqualTo(second).isNotEqualTo(DemoSecret.in(folder));
    assertThat(first.length()).isGreaterThanOrEqualTo(32);
    Path file = dataDir.resolve("demo-secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(dataDir)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void demoSecretsMadeAtOnceAreTheSame() throws Exception {
    List<Callable<Secret>> makers = Collections.nCopies(16, () -> DemoSecret.in(folder));
    try (ExecutorService threads = Executors.newFixedThreadPool(makers.size())) {
      Set<String> secrets =
          threads.invokeAll(makers).stream()
              .map(Future::resultNow)
              .map(secret -> new String(secret.bytes(), StandardCharsets.UTF_8))
              .collect(Collectors.toSet());

      assertThat(secrets).hasSize(1);
    }
  }
}
