// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;
import tern.gateway.TestCertificate;
import tern.push.apns.FakeApns;
import tern.push.apns.SigningKey;

/// Apple's push service in this process: accepts everything over HTTP/2 and TLS, and notes when.
final class AcceptAll implements AutoCloseable {
  static final String BUNDLE = "org.example.app";
  static final int CONNECTIONS = 1;
  private static final int HEX = 16;

  private final Path folder;
  private final TestCertificate certificate;
  private final SigningKey key;
  private final FakeApns apns;
  private final AtomicLongArray acceptedAt;
  private final AtomicInteger count = new AtomicInteger();
  private volatile int payloadBytes;

  /// @param devices the tokens that it knows are those below this
  AcceptAll(int devices) {
    this.acceptedAt = new AtomicLongArray(devices);
    try {
      this.folder = Files.createTempDirectory("tern-apns-");
      this.certificate = TestCertificate.in(folder);
      this.key = SigningKey.in(folder);
      this.apns = new FakeApns(certificate, this::take);
    } catch (IOException e) {
      throw new UncheckedIOException("can't start a push service", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("can't start a push service", e);
    }
  }

  private void take(FakeApns.Accepted accepted) {
    payloadBytes = accepted.bytes();
    acceptedAt.set(Integer.parseInt(accepted.token(), HEX), accepted.at().toEpochMilli());
    count.incrementAndGet();
  }

  /// A device's token.
  static String token(int device) {
    return "%064x".formatted(device);
  }

  /// How many devices there are.
  int devices() {
    return acceptedAt.length();
  }

  /// How many pushes it has accepted so far.
  int count() {
    return count.get();
  }

  /// When it accepted the newest push to a device, in milliseconds since 1970; 0: none yet.
  long acceptedAt(int device) {
    return acceptedAt.get(device);
  }

  /// How large the newest push was.
  int payloadBytes() {
    return payloadBytes;
  }

  int port() {
    return apns.directPort();
  }

  TestCertificate certificate() {
    return certificate;
  }

  SigningKey key() {
    return key;
  }

  /// What a node must be told to push here.
  Map<String, String> settings() {
    return Map.of(
        "TERN_PUSH_APNS_KEY", key.file().toString(),
        "TERN_PUSH_APNS_KEY_ID", SigningKey.KEY_ID,
        "TERN_PUSH_APNS_TEAM_ID", SigningKey.TEAM_ID,
        "TERN_PUSH_APNS_CONNECTIONS", Integer.toString(CONNECTIONS),
        "TERN_PUSH_APNS_HOST", "localhost",
        "TERN_PUSH_APNS_PORT", Integer.toString(port()),
        "TERN_PUSH_APNS_AUTHORITIES", certificate.chain());
  }

  @Override
  public void close() {
    apns.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete " + folder, e);
    }
  }
}
