// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tern.session.CloseCode;

/// The same port with a certificate of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class GatewayTlsTest {
  private TestGateway gateway;
  private SSLContext trust;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.in(folder);
    trust = certificate.trustedByClients();
    gateway = new TestSettings().tls(certificate.chain(), certificate.key()).start();
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void framesTravelOverTls() throws Exception {
    try (RawSocket socket = connect("http/1.1").upgrade("tern.v1.proto")) {
      socket.send(RawSocket.hello()).send(RawSocket.ping(4));

      assertThat(socket.readFrame().getId()).isEqualTo(4);
    }
  }

  @Test
  void frameInTheSameSegmentAsTheUpgradeArrivesOverTls() throws Exception {
    try (RawSocket socket = connect("http/1.1")) {
      byte[] request = RawSocket.request("tern.v1.proto").getBytes(StandardCharsets.US_ASCII);
      byte[] hello = RawSocket.frame(0x82, RawSocket.hello().toByteArray());
      byte[] ping = RawSocket.frame(0x82, RawSocket.ping(6).toByteArray());

      socket.write(RawSocket.concat(request, hello, ping)).readHead();

      assertThat(socket.readFrame().getId()).isEqualTo(6);
    }
  }

  @Test
  void socketIsClosedOverTls() throws Exception {
    try (RawSocket socket = connect("http/1.1").upgrade("tern.v1.proto")) {
      socket.send(RawSocket.ping(4));

      socket.expectClose(CloseCode.HELLO_EXPECTED);
      assertThat(socket.sendClose(4501).isAtEnd()).isTrue();
    }
  }

  @Test
  void peerThatDoesNotAnswerTheCloseIsCutOffOverTls() throws Exception {
    try (RawSocket socket = connect("http/1.1").upgrade("tern.v1.proto")) {
      socket.send(RawSocket.ping(4));

      socket.expectClose(CloseCode.HELLO_EXPECTED);

      assertThat(socket.isAtEnd()).isTrue();
    }
  }

  @Test
  void restIsAnsweredBeside() throws Exception {
    try (RawSocket socket = connect("http/1.1")) {
      socket.write("GET /rest HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(socket.readResponse()).startsWith("HTTP/1.1 200 ").endsWith("rest");
    }
  }

  @Test
  void http2IsOffered() throws Exception {
    try (RawSocket socket = connect("h2")) {
      assertThat(((SSLSocket) socket.socket()).getApplicationProtocol()).isEqualTo("h2");
    }
  }

  private RawSocket connect(String protocol) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), gateway.port());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return new RawSocket(socket);
  }
}
