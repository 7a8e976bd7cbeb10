// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

/// What a member may do; the number is what the store keeps.
public enum Role {
  /// Reads and writes.
  MEMBER(1),
  /// Adds and removes members.
  MODERATOR(2),
  /// Adds and removes members, and can't be removed.
  OWNER(3);

  private final int number;

  Role(int number) {
    this.number = number;
  }

  /// The number in the store.
  public int number() {
    return number;
  }

  /// Reads the number in the store.
  public static Role of(int number) {
    return switch (number) {
      case 1 -> MEMBER;
      case 2 -> MODERATOR;
      case 3 -> OWNER;
      default -> throw new IllegalStateException("role " + number + " (expected: 1 to 3)");
    };
  }
}
