// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

/// The name under which access tokens let their users watch an OPEN conversation, chosen by the
/// app: 1 to 64 of `A-Z a-z 0-9 _ . @ -`.
public record GrantName(String value) {
  /// Throws `IllegalArgumentException` for any other value.
  public GrantName {
    value = AppId.checked("grant", value);
  }

  /// Whether a text is such a name.
  public static boolean isGood(String text) {
    try {
      return new GrantName(text).value().equals(text);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
