// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.gateway.http.HttpConfig;

/// Settings that make no sense are refused in words that name them.
class GatewayConfigTest {
  @Test
  void portOutOfBoundsIsRefused() {
    assertThatThrownBy(() -> http(70_000, List.of(), "", ""))
        .hasMessage("http port: 70000 (expected: 0 to 65535)");
  }

  @Test
  void certificateWithoutKeyIsRefused() {
    assertThatThrownBy(() -> http(0, List.of(), "chain.pem", ""))
        .hasMessageContaining("(expected: both or none)");
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
        .hasMessageContaining("outbox bytes: 10 (expected: ");
  }

  @Test
  void timeThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new TestSettings().helloTimeout(Duration.ZERO).gateway())
        .hasMessageContaining("hello timeout: PT0S (expected: ");
  }

  private static HttpConfig http(int port, List<String> origins, String certificate, String key) {
    return new HttpConfig("127.0.0.1", port, origins, List.of(), certificate, key, 0);
  }
}
