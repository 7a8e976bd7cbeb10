// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.http;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tern.gateway.socket.Bounds;

/// Where Tern listens, and whom it believes.
///
/// @param host the address to listen on, such as 0.0.0.0
/// @param port 0 to 65535; 0 takes any free one
/// @param origins web origins, such as `https://app.example.com`, whose pages may open a socket
///     beside those of Tern's own host; `*` for all. Apps send no origin and need no entry
/// @param trustedProxies addresses or networks (10.0.0.0/8) whose `X-Forwarded-For` is believed
/// @param tlsCertificate file with the certificate chain in PEM; empty for plain HTTP
/// @param tlsKey file with its key in PEM; given with the certificate or not at all
/// @param eventLoops threads that serve sockets; 0 means one per core
public record HttpConfig(
    String host,
    int port,
    List<String> origins,
    List<String> trustedProxies,
    String tlsCertificate,
    String tlsKey,
    int eventLoops) {
  private static final int MAX_EVENT_LOOPS = 256;

  /// Refuses what can't be listened on or read; looks for the TLS files.
  public HttpConfig {
    checkHost(host);
    Bounds.check("http.port", port, 0, 65_535);
    Bounds.check("http.event_loops", eventLoops, 0, MAX_EVENT_LOOPS);
    if (tlsCertificate.isEmpty() != tlsKey.isEmpty()) {
      throw new IllegalArgumentException(
          "only one of http.tls_certificate and http.tls_key is given (expected: both or none)");
    }
    checkReadable("http.tls_certificate", tlsCertificate);
    checkReadable("http.tls_key", tlsKey);
    origins = List.copyOf(origins);
    trustedProxies = List.copyOf(trustedProxies);
    new Origins(origins);
    new TrustedProxies(trustedProxies);
  }

  /// The number of event loops to run.
  public int eventLoopCount() {
    return eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops;
  }

  boolean hasTls() {
    return !tlsCertificate.isEmpty();
  }

  // Asks no name server: what it answers tomorrow may be another machine.
  private static void checkHost(String host) {
    try {
      InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "http.host: "
              + (host.isBlank() ? "nothing" : host)
              + " (expected: an address, such as 127.0.0.1 or 0.0.0.0)",
          e);
    }
  }

  private static void checkReadable(String setting, String file) {
    if (file.isEmpty()) {
      return;
    }
    Path path = Path.of(file);
    if (Files.isDirectory(path) || !Files.isReadable(path)) {
      throw new IllegalArgumentException(
          setting + ": " + file + " can't be read (expected: a PEM file)");
    }
  }
}
