// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a request becomes a socket, and which do not.
class GatewayHandshakeTest {
  private static final String REST = "GET /rest HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String LATE = "GET /late HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @AutoClose
  private static final TestGateway gateway =
      new TestSettings().origins("https://app.example.com").start();

  @Test
  void upgradeIsAnsweredWithKeyAndSubprotocol() {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      String head = socket.write(RawSocket.request("tern.v1.proto")).readHead();

      assertThat(head)
          .startsWith("HTTP/1.1 101 ")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
          .contains("Sec-WebSocket-Protocol: tern.v1.proto\r\n");
    }
  }

  @Test
  void firstKnownSubprotocolOfTheClientIsTaken() {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      String head = socket.write(RawSocket.request("mqtt, tern.v1.json,tern.v1.proto")).readHead();

      assertThat(head).contains("Sec-WebSocket-Protocol: tern.v1.json\r\n");
    }
  }

  @Test
  void frameInTheSameSegmentAsTheUpgradeArrives() {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      byte[] request = RawSocket.request("tern.v1.proto").getBytes(StandardCharsets.US_ASCII);
      byte[] hello = RawSocket.frame(0x82, RawSocket.hello().toByteArray());
      byte[] ping = RawSocket.frame(0x82, RawSocket.ping(5).toByteArray());

      socket.write(RawSocket.concat(request, hello, ping)).readHead();

      assertThat(socket.readFrame().getId()).isEqualTo(5);
    }
  }

  @Test
  void upgradeMayComeByteByByte() {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      byte[] request = RawSocket.request("tern.v1.proto").getBytes(StandardCharsets.US_ASCII);
      byte[] hello = RawSocket.frame(0x82, RawSocket.hello().toByteArray());
      byte[] ping = RawSocket.frame(0x82, RawSocket.ping(6).toByteArray());

      for (byte one : RawSocket.concat(request, hello, ping)) {
        socket.write(new byte[] {one});
      }

      assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(socket.readFrame().getId()).isEqualTo(6);
    }
  }

  @Test
  void keptAliveConnectionMayStillUpgrade() {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      assertThat(socket.write(REST).readResponse()).endsWith("rest");
      assertThat(socket.write(REST).readResponse()).endsWith("rest");

      socket.upgrade("tern.v1.proto").send(RawSocket.hello()).send(RawSocket.ping(7));

      assertThat(socket.readFrame().getId()).isEqualTo(7);
    }
  }

  @Test
  void upgradePipelinedBehindAnUnfinishedAnswerIsRefused() {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      socket.write(LATE + RawSocket.request("tern.v1.proto"));

      assertThat(socket.readResponse()).endsWith("late");
      assertThat(socket.readResponse()).startsWith("HTTP/1.1 426 ");
    }
  }

  @Test
  void pipelinedRestIsAnsweredInOrder() {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      socket.write(REST + LATE + REST);

      assertThat(socket.readResponse()).endsWith("rest");
      assertThat(socket.readResponse()).endsWith("late");
      assertThat(socket.readResponse()).endsWith("rest");
    }
  }

  @Test
  void deflateIsNotNegotiated() {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      String deflate = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";

      String head = socket.write(RawSocket.request("tern.v1.proto", deflate)).readHead();

      assertThat(head).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("extensions");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com, 101",
    "HTTPS://APP.EXAMPLE.COM, 101",
    "http://localhost, 101",
    "https://localhost, 101",
    "http://app.example.com, 403",
    "https://app.example.com.evil.org, 403",
    "https://localhost.evil.org, 403",
    "null, 403",
  })
  void originMustBeListedOrOfTheSameHost(String origin, int status) {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      String head =
          socket.write(RawSocket.request("tern.v1.proto", "Origin: " + origin)).readHead();

      assertThat(head).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8, 426",
    "GET /v1/ws, POST /v1/ws, 426",
    "HTTP/1.1, HTTP/1.0, 426",
    "Upgrade: WebSocket, Upgrade: h2c, 426",
    "'keep-alive, Upgrade', keep-alive, 426",
    "X-More: 1, Content-Length: 4, 426",
    "X-More: 1, Transfer-Encoding: chunked, 426",
    "dGhlIHNhbXBsZSBub25jZQ==, dGhl, 400",
    "tern.v1.proto, mqtt, 400",
    "'Sec-WebSocket-Protocol:', 'X-Other:', 400",
    "/v1/ws, /v1/wss, 404",
  })
  void requestThatIsNoGoodUpgradeIsRefused(String part, String replacement, int status) {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      String request = RawSocket.request("tern.v1.proto", "X-More: 1").replace(part, replacement);

      String head = socket.write(request).readHead();

      assertThat(head).startsWith("HTTP/1.").contains(" " + status + " ");
    }
  }

  @Test
  void plainGetIsToldToUpgrade() {
    try (RawSocket socket = RawSocket.to(gateway.port())) {
      String head = socket.write("GET /v1/ws HTTP/1.1\r\nHost: localhost\r\n\r\n").readHead();

      assertThat(head)
          .startsWith("HTTP/1.1 426 ")
          .containsIgnoringCase("upgrade: websocket")
          .containsIgnoringCase("sec-websocket-version: 13");
    }
  }
}
