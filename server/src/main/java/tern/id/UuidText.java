// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

import java.util.UUID;

/// The one text form of a UUID: 36 characters. `UUID.fromString` alone also takes shorter ones.
public final class UuidText {
  private static final int LENGTH = 36;

  private UuidText() {}

  /// Reads it; throws `IllegalArgumentException`, which begins with `what`, for any other text.
  public static UUID parse(String what, String text) {
    if (text.length() != LENGTH) {
      throw new IllegalArgumentException(
          what + ": " + text.length() + " characters (expected: a UUID of " + LENGTH + ")");
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(what + ": no UUID (expected: 8-4-4-4-12 hex digits)");
    }
  }
}
