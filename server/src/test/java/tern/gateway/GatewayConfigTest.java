// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.gateway.http.HttpConfig;

/// Settings that make no sense are refused in words that name them.
class GatewayConfigTest {
  @TempDir private Path folder;

  @Test
  void portOutOfBoundsIsRefused() {
    assertThatThrownBy(() -> http(70_000, List.of(), "", ""))
        .hasMessage("http.port: 70000 (expected: 0 to 65535)");
  }

  @Test
  void certificateWithoutKeyIsRefused() {
    assertThatThrownBy(() -> http(0, List.of(), "chain.pem", ""))
        .hasMessageContaining("(expected: both or none)");
  }

  @Test
  void tlsFileThatIsNotThereIsRefusedByItsSetting() throws IOException {
    String there = Files.writeString(folder.resolve("there.pem"), "").toString();
    String missing = folder.resolve("missing.pem").toString();

    assertThatThrownBy(() -> http(0, List.of(), missing, there))
        .hasMessage("http.tls_certificate: " + missing + " can't be read (expected: a PEM file)");
    assertThatThrownBy(() -> http(0, List.of(), there, missing))
        .hasMessage("http.tls_key: " + missing + " can't be read (expected: a PEM file)");
    assertThatThrownBy(() -> http(0, List.of(), there, folder.toString()))
        .hasMessageStartingWith("http.tls_key: " + folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.example", "1.2.3.4.5", "127.0.0.1:80", "*"})
  void hostThatIsNoAddressIsRefused(String host) {
    assertThatThrownBy(() -> new HttpConfig(host, 0, List.of(), List.of(), "", "", 0))
        .hasMessage("http.host: " + host + " (expected: an address, such as 127.0.0.1 or 0.0.0.0)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "app.example.com", "https://app.example.com/", "https://*.example.com"})
  void originThatNoBrowserSendsIsRefused(String origin) {
    assertThatThrownBy(() -> http(0, List.of(origin), "", ""))
        .hasMessageContaining("(expected: such as https://app.example.com, or *)");
  }

  @Test
  void noEventLoopsMeansOnePerCore() {
    assertThat(http(0, List.of("*"), "", "").eventLoopCount())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void outboxThatHoldsNoFrameIsRefused() {
    assertThatThrownBy(() -> new TestSettings().outboxBytes(10).gateway())
        .hasMessageContaining("gateway.outbox_bytes: 10 (expected: ");
  }

  @Test
  void timeThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new TestSettings().helloTimeout(Duration.ZERO).gateway())
        .hasMessageContaining("gateway.hello_timeout: PT0S (expected: ");
  }

  private static HttpConfig http(int port, List<String> origins, String certificate, String key) {
    return new HttpConfig("127.0.0.1", port, origins, List.of(), certificate, key, 0);
  }
}
