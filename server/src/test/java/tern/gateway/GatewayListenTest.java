// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What can't be listened with is told by the setting that is wrong.
class GatewayListenTest {
  @Test
  void takenPortIsNamed() {
    try (TestGateway first = new TestSettings().start()) {
      assertThatThrownBy(() -> new TestSettings().port(first.port()).start())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "http.port: " + first.port() + " on 127.0.0.1 can't be listened on")
          .hasMessageContaining("(expected: a free one)");
    }
  }

  @Test
  void addressOfAnotherMachineIsNamedAsTheHost() {
    // For documentation only (RFC 5737): nobody has it.
    assertThatThrownBy(() -> new TestSettings().host("192.0.2.1").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("http.host: 192.0.2.1 (expected: an address of this machine)");
  }

  @Test
  void fileThatHoldsNoCertificateIsNamed(@TempDir Path folder) throws IOException {
    String chain = Files.writeString(folder.resolve("chain.pem"), "no chain").toString();
    String key = Files.writeString(folder.resolve("key.pem"), "no key").toString();

    assertThatThrownBy(() -> new TestSettings().tls(chain, key).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("http.tls_certificate: " + chain + ", http.tls_key: " + key)
        .hasMessageNotContaining("http.port");
  }
}
