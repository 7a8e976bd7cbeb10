// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080, false, 127.0.0.1, 8080",
    "ws://chat.example, false, chat.example, 80",
    "https://chat.example, true, chat.example, 443",
    "wss://chat.example:9443/, true, chat.example, 9443"
  })
  void urlNamesHostAndPort(String url, boolean secure, String host, int port) {
    assertThat(Address.parse(url)).isEqualTo(new Address(secure, host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8080", "ftp://chat.example", "http:///nothing"})
  void otherUrlsAreRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Address.parse(url))
        .withMessageContaining("expected");
  }

  @Test
  void pagesAreOnTheSamePort() {
    assertThat(Address.parse("ws://127.0.0.1:8080").page("/metrics"))
        .hasToString("http://127.0.0.1:8080/metrics");
  }
}
