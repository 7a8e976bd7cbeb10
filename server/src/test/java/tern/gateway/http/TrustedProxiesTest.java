// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is believed about a client's address.
class TrustedProxiesTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, '198.51.100.1, 203.0.113.7'",
    "203.0.113.7, '198.51.100.1, 203.0.113.7, 10.1.2.3'",
    "10.0.0.1, 10.9.9.9 is my name",
    "10.0.0.1, ''",
    "10.1.2.3, 'forged, 10.1.2.3'",
    "203.0.113.7, 203.0.113.7:4711",
    "2001:db8:0:0:0:0:0:7, '[2001:db8::7]:4711'",
    "2001:db8:0:0:0:0:0:7, 2001:db8::7",
  })
  void lastAddressThatIsNoTrustedProxyIsTheClient(String client, String forwardedFor) {
    TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8"));

    String found = proxies.clientOf(new InetSocketAddress("10.0.0.1", 5), List.of(forwardedFor));

    assertThat(found).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy.example.com", "10.0.0.0/33", "10.0.0.0/x", "::1/129"})
  void networkThatCannotBeReadIsRefused(String network) {
    assertThatThrownBy(() -> new TrustedProxies(List.of(network)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: an address, or a network");
  }
}
