// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What somebody knows of a group that they want to join: its key, or an invitation's token, of
/// which only what the store keeps of it stands in a history. The other one is empty.
public record Entry(String key, String tokenHash) {
  /// By the group's own key.
  public static Entry byKey(String key) {
    return new Entry(key, "");
  }

  /// By an invitation's token.
  public static Entry byToken(String token) {
    return new Entry("", hash(token));
  }

  /// Whether it is an invitation's.
  public boolean isToken() {
    return !tokenHash.isEmpty();
  }

  /// What the store keeps of a token, in hexadecimal digits.
  public static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
