// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.time.Duration;
import tern.auth.keys.JwksConfig;

/// How access tokens are verified: by the shared secret, by the keys of a key set, or by either.
///
/// @param secret 32 bytes or more; empty where a key set alone verifies
/// @param leeway how far the clocks of the app's backend and of Tern may differ, 0 to 60 s
/// @param issuer that a token must name; empty: not looked at
/// @param audience that a token must name; empty: not looked at
/// @param jwks where the key set stands
public record AuthConfig(
    Secret secret, Duration leeway, String issuer, String audience, JwksConfig jwks) {
  private static final int MIN_SECRET_BYTES = 32;
  static final Duration MAX_LEEWAY = Duration.ofSeconds(60);

  /// Refuses a short secret, none where no key set stands in for it, and a leeway out of bounds.
  public AuthConfig {
    boolean isNeeded = !secret.isEmpty() || jwks.isNone();
    if (isNeeded && secret.length() < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "auth.secret: "
              + secret.length()
              + " bytes (expected: at least "
              + MIN_SECRET_BYTES
              + "; make one with: openssl rand -base64 48)");
    }
    if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
      throw new IllegalArgumentException(
          "auth.leeway: " + leeway.toMillis() + "ms (expected: 0s to 60s)");
    }
  }
}
