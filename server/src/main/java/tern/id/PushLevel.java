// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

/// About which messages somebody wants pushes.
public enum PushLevel {
  /// All of them.
  ALL(1),
  /// Those that mention them.
  MENTIONS(2),
  /// None.
  NONE(3);

  private final int number;

  PushLevel(int number) {
    this.number = number;
  }

  /// What the store keeps; 1 to 3.
  public int number() {
    return number;
  }

  /// Whose number this is; throws `IllegalArgumentException` for any but 1 to 3.
  public static PushLevel of(int number) {
    if (number < 1 || number > values().length) {
      throw new IllegalArgumentException("push level: " + number + " (expected: 1 to 3)");
    }
    return values()[number - 1];
  }
}
