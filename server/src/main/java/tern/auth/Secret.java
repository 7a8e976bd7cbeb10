// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Bytes that sign access tokens and that no log, error or debugger view shows.
public final class Secret {
  private final byte[] bytes;

  /// Takes a copy of the bytes.
  public Secret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /// Returns the secret that is the text's UTF-8 bytes, as it stands in settings.
  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Whether there is none.
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  int length() {
    return bytes.length;
  }

  /// A copy of the bytes, to sign with.
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  /// The same for all: a hash of a secret is a piece of it.
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
