// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tern.gateway.TestCertificate;

/// An address with a key set, over true TLS on the loopback address.
public final class TestJwksServer implements AutoCloseable {
  /// What it answers a request with.
  @FunctionalInterface
  public interface Answer {
    /// Answers; the exchange is closed afterwards.
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpsServer server;
  private final TestCertificate certificate;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Answer answer;

  /// Starts with this certificate and this key set.
  public TestJwksServer(TestCertificate certificate, String jwks)
      throws IOException, GeneralSecurityException {
    this.certificate = certificate;
    answer = text(jwks);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.shownByServers()));
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.start();
  }

  static Answer text(String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /// From now on answers like this.
  public void answers(Answer next) {
    answer = next;
  }

  /// From now on has this key set.
  public void has(String jwks) {
    answer = text(jwks);
  }

  /// How often it was asked.
  public int requests() {
    return requests.get();
  }

  /// The address of the key set.
  public String address() {
    return "https://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json";
  }

  /// The PEM file that clients are to trust.
  public String certificate() {
    return certificate.chain();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
