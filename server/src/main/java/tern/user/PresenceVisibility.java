// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

/// Who may see whether a user is online.
public enum PresenceVisibility {
  /// Whoever shares a conversation with the user.
  EVERYBODY(1),
  /// Of those, whom the user has written to in their DIRECT conversation.
  CONTACTS(2),
  /// No one.
  NOBODY(3);

  private final int number;

  PresenceVisibility(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static PresenceVisibility of(int number) {
    return values()[number - 1];
  }
}
