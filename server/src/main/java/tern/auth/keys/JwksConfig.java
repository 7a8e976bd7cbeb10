// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth.keys;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/// Where the key set stands that verifies access tokens.
///
/// @param location a file, or an address that begins with `https://`; empty: no key set
/// @param certificate PEM file with the authorities that alone may vouch for the address; empty:
///     those that Java trusts
/// @param lifetime within which the address is asked again, 1 s to 24 h
public record JwksConfig(String location, String certificate, Duration lifetime) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final String SCHEME_END = "://";

  /// No key set.
  public static final JwksConfig NONE = new JwksConfig("", "", Duration.ofMinutes(10));

  /// Refuses an address that is not HTTPS, and a certificate without an address.
  public JwksConfig {
    if (location.contains(SCHEME_END)) {
      checkAddress(location);
    } else if (!certificate.isEmpty()) {
      throw new IllegalArgumentException(
          "auth.jwks_certificate: "
              + certificate
              + " (expected: nothing, as auth.jwks is no address)");
    }
    if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "auth.jwks_lifetime: " + lifetime.toSeconds() + "s (expected: 1s to 24h)");
    }
  }

  // Never shows more than the scheme: what follows may hold a password.
  private static void checkAddress(String location) {
    try {
      URI address = new URI(location);
      if ("https".equals(address.getScheme())
          && address.getHost() != null
          && address.getUserInfo() == null
          && address.getFragment() == null) {
        return;
      }
    } catch (URISyntaxException _) {
      // told below
    }
    throw new IllegalArgumentException(
        "auth.jwks: an address with "
            + location.substring(0, location.indexOf(SCHEME_END))
            + " (expected: a file, or https://host/path without user and fragment)");
  }

  /// Whether no key set is named.
  public boolean isNone() {
    return location.isEmpty();
  }

  boolean isAddress() {
    return location.contains(SCHEME_END);
  }
}
