// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.nio.file.Path;
import java.time.Duration;
import tern.auth.AuthConfig;
import tern.auth.DemoSecret;
import tern.auth.Secret;
import tern.auth.keys.JwksConfig;

/// The `auth` part of the settings, before it is known where the secret comes from.
///
/// @param secret empty is refused where there is no key set, save in demo mode, which makes one and
///     keeps it
/// @param jwks file or address of the key set; empty: none
record AuthSettings(
    Secret secret,
    Duration leeway,
    String issuer,
    String audience,
    String jwks,
    String jwksCertificate,
    Duration jwksLifetime) {
  /// What a server that others rely on uses.
  AuthConfig forServe() {
    if (secret.isEmpty() && jwks.isEmpty()) {
      throw new IllegalArgumentException(
          "auth.secret: none (expected: TERN_AUTH_SECRET, at least 32 bytes, or TERN_AUTH_JWKS;"
              + " make a secret with: openssl rand -base64 48)");
    }
    return with(secret);
  }

  /// What the demo uses.
  AuthConfig forDemo(Path dataDir) {
    return with(secret.isEmpty() ? DemoSecret.in(dataDir) : secret);
  }

  private AuthConfig with(Secret used) {
    JwksConfig keys = new JwksConfig(jwks, jwksCertificate, jwksLifetime);
    return new AuthConfig(used, leeway, issuer, audience, keys);
  }
}
