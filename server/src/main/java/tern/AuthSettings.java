// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.nio.file.Path;
import java.time.Duration;
import tern.auth.AuthConfig;
import tern.auth.DemoSecret;
import tern.auth.Secret;

/// The `auth` part of the settings, before it is known where the secret comes from.
///
/// @param secret empty is refused, save in demo mode, which makes one and keeps it
record AuthSettings(Secret secret, Duration leeway, String issuer, String audience) {
  /// What a server that others rely on uses.
  AuthConfig forServe() {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException(
          "auth.secret: none (expected: TERN_AUTH_SECRET, at least 32 bytes;"
              + " make one with: openssl rand -base64 48)");
    }
    return new AuthConfig(secret, leeway, issuer, audience);
  }

  /// What the demo uses.
  AuthConfig forDemo(Path dataDir) {
    Secret used = secret.isEmpty() ? DemoSecret.in(dataDir) : secret;
    return new AuthConfig(used, leeway, issuer, audience);
  }
}
