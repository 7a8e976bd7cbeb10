// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

/// What a conversation is; the number is what the store keeps.
public enum ConversationKind {
  /// Two users, for ever.
  DIRECT(1),
  /// Many, who come and go.
  GROUP(2),
  /// Members as in a group, and any number of others who watch.
  OPEN(4);

  private final int number;

  ConversationKind(int number) {
    this.number = number;
  }

  /// The number in the store.
  public int number() {
    return number;
  }

  /// The kind with this number in the store.
  public static ConversationKind of(int number) {
    for (ConversationKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new IllegalStateException("conversation kind " + number + " (expected: 1, 2 or 4)");
  }
}
