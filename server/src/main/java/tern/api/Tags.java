// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/// ETags of what is polled: weak ones, for they leave out what differs without meaning anything.
final class Tags {
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
  private static final int BYTES = 16;

  private Tags() {}

  /// The tag of this content.
  static String of(String content) {
    byte[] hash = sha256(content.getBytes(StandardCharsets.UTF_8));
    return "W/\""
        + Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, BYTES)
        + "\"";
  }

  /// Whether `If-None-Match`, empty for none, names the tag.
  static boolean match(String ifNoneMatch, String tag) {
    return !tag.isEmpty()
        && COMMA
            .splitAsStream(ifNoneMatch.strip())
            .anyMatch(it -> it.equals("*") || weak(it).equals(tag));
  }

  private static String weak(String tag) {
    return tag.startsWith("W/") ? tag : "W/" + tag;
  }

  /// SHA-256.
  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
