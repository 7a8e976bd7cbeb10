// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Whose address a connection is said to have.
class GatewayAddressTest {
  private static final String FORWARDED = "X-Forwarded-For: 198.51.100.1, 203.0.113.7";

  @Test
  void trustedProxyIsBelieved() {
    try (TestGateway gateway = new TestSettings().trustedProxies("127.0.0.0/8").start();
        RawSocket socket = RawSocket.to(gateway.port())) {
      socket.upgrade("tern.v1.proto", FORWARDED);

      assertThat(gateway.nextConnection().remoteAddress()).isEqualTo("203.0.113.7");
    }
  }

  @Test
  void anybodyElseIsNot() {
    try (TestGateway gateway = new TestSettings().trustedProxies("10.0.0.0/8").start();
        RawSocket socket = RawSocket.to(gateway.port())) {
      socket.upgrade("tern.v1.proto", FORWARDED);

      assertThat(gateway.nextConnection().remoteAddress()).isEqualTo("127.0.0.1");
    }
  }
}
