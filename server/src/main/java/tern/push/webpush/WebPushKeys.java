// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import java.security.interfaces.ECPublicKey;

/// What a browser has made for one subscription, so that only it reads what it is pushed
/// (RFC 8291, 2): to be taken in as the client sent them.
public final class WebPushKeys {
  private static final int SECRET_BYTES = 16;

  private final ECPublicKey publicKey;
  private final byte[] authSecret;

  /// @param p256dh the browser's public key, an uncompressed point of 65 bytes
  /// @param auth the secret that it shares with whoever may push, 16 bytes
  public WebPushKeys(byte[] p256dh, byte[] auth) {
    if (auth.length != SECRET_BYTES) {
      throw new IllegalArgumentException("auth: " + auth.length + " bytes (expected: 16)");
    }
    this.publicKey = P256.publicKey(p256dh);
    this.authSecret = auth.clone();
  }

  ECPublicKey publicKey() {
    return publicKey;
  }

  byte[] authSecret() {
    return authSecret.clone();
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
