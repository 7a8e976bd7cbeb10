// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import java.net.URI;

/// With what Firebase Cloud Messaging knows us, and how much it takes.
///
/// @param serviceAccount the service account's JSON file; empty: no FCM
/// @param perMinute pushes of this node in the long run, and at once; Google takes 600,000 from a
///     whole project
/// @param perMinuteToDevice pushes to one device in the long run
/// @param burstToDevice pushes to one device at once
/// @param endpoint in place of Google's address, for tests and load tests alone: `https://` and a
///     host; empty: Google's
/// @param authorities PEM file with those that alone may vouch for the addresses, for tests and
///     load tests too; empty: those that Java trusts
public record FcmConfig(
    String serviceAccount,
    int perMinute,
    int perMinuteToDevice,
    int burstToDevice,
    String endpoint,
    String authorities) {
  /// Refuses rates below one, and an endpoint that is no address.
  public FcmConfig {
    checkRate("push.fcm.per_minute", perMinute);
    checkRate("push.fcm.per_minute_to_device", perMinuteToDevice);
    checkRate("push.fcm.burst_to_device", burstToDevice);
    if (!endpoint.isEmpty() && !isAddress(endpoint)) {
      throw new IllegalArgumentException(
          "push.fcm.endpoint: " + endpoint + " (expected: such as https://localhost:8443)");
    }
  }

  private static void checkRate(String setting, int rate) {
    if (rate < 1) {
      throw new IllegalArgumentException(setting + ": " + rate + " (expected: >= 1)");
    }
  }

  private static boolean isAddress(String endpoint) {
    try {
      URI address = URI.create(endpoint);
      return "https".equals(address.getScheme())
          && address.getHost() != null
          && address.getRawPath().isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// Whether there is anything to send with.
  public boolean isOn() {
    return !serviceAccount.isEmpty();
  }
}
