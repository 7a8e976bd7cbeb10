// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import java.util.List;
import tern.auth.Secret;

/// With what Apple's push service knows us: a key that signs our tokens, or a certificate.
///
/// @param key the .p8 file; empty: a certificate, or no APNs
/// @param keyId the key's ten characters
/// @param teamId the team's ten characters
/// @param certificate the .p12 file with a certificate and its key; empty: a key, or no APNs
/// @param certificatePassword what opens the .p12 file
/// @param bundleIds the apps that are pushed to; empty: whichever a registration names
/// @param connections to each of Apple's hosts, 1 to 64; each carries some thousand pushes a second
/// @param host in place of Apple's hosts, production and sandbox alike: for tests and load tests
///     alone; empty: Apple's
/// @param port of that host, or of Apple's: 443, or 2197 where a firewall wants that
/// @param authorities PEM file with those that alone may vouch for the host, for tests and load
///     tests too; empty: those that Java trusts
public record ApnsConfig(
    String key,
    String keyId,
    String teamId,
    String certificate,
    Secret certificatePassword,
    List<String> bundleIds,
    int connections,
    String host,
    int port,
    String authorities) {
  private static final int ID_LENGTH = 10;
  private static final int MOST_CONNECTIONS = 64;
  private static final int HIGHEST_PORT = 65_535;

  /// Refuses a key and a certificate at once, and a key without its ids.
  public ApnsConfig {
    bundleIds = List.copyOf(bundleIds);
    if (!key.isEmpty() && !certificate.isEmpty()) {
      throw new IllegalArgumentException(
          "push.apns.certificate: "
              + certificate
              + " (expected: nothing, as push.apns.key is set)");
    }
    if (!key.isEmpty()) {
      checkId("push.apns.key_id", keyId);
      checkId("push.apns.team_id", teamId);
    }
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "push.apns.connections: " + connections + " (expected: 1 to " + MOST_CONNECTIONS + ")");
    }
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "push.apns.port: " + port + " (expected: 1 to " + HIGHEST_PORT + ")");
    }
  }

  private static void checkId(String setting, String id) {
    if (id.length() != ID_LENGTH) {
      throw new IllegalArgumentException(
          setting
              + ": "
              + (id.isEmpty() ? "nothing" : id)
              + " (expected: the ten characters that Apple shows, as push.apns.key is set)");
    }
  }

  /// Whether there is anything to send with.
  public boolean isOn() {
    return !key.isEmpty() || !certificate.isEmpty();
  }
}
