// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

/// What new members see of a conversation's past; the number is what the store keeps.
public enum HistoryVisibility {
  /// What is sent from their joining on.
  JOINED(1),
  /// All of it.
  START(2);

  private final int number;

  HistoryVisibility(int number) {
    this.number = number;
  }

  /// The number in the store.
  public int number() {
    return number;
  }

  static HistoryVisibility of(int number) {
    return number == START.number ? START : JOINED;
  }
}
