// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

/// The alphabet of ids that the host app chooses.
final class AppId {
  private static final int MAX_LENGTH = 64;

  private AppId() {}

  /// Returns `value`, or throws if it is not 1 to 64 of `A-Z a-z 0-9 _ . @ -`.
  static String checked(String what, String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          what + ": " + value.length() + " characters (expected: 1 to " + MAX_LENGTH + ")");
    }
    for (int i = 0; i < value.length(); i++) {
      if (!isAllowed(value.charAt(i))) {
        throw new IllegalArgumentException(
            what + ": a character at index " + i + " (expected: A-Z a-z 0-9 _ . @ -)");
      }
    }
    return value;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '@'
        || c == '-';
  }
}
