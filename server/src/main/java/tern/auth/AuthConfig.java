// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.time.Duration;

/// How access tokens are verified: the shared secret (32 bytes or more), how far the clocks of the
/// app's backend and of Tern may differ (0 to 60 s), and the issuer and audience that a token must
/// name (empty: not looked at).
public record AuthConfig(Secret secret, Duration leeway, String issuer, String audience) {
  private static final int MIN_SECRET_BYTES = 32;
  private static final Duration MAX_LEEWAY = Duration.ofSeconds(60);

  /// Refuses a short secret and a leeway out of bounds.
  public AuthConfig {
    if (secret.length() < MIN_SECRET_BYTES) {
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
