// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import java.util.Arrays;
import java.util.Locale;

/// What a push tells of a message.
public enum ContentLevel {
  /// That there is one.
  NONE(1),
  /// From whom, and in which conversation.
  SENDER(2),
  /// What it says, too.
  FULL(3);

  private final int number;

  ContentLevel(int number) {
    this.number = number;
  }

  /// What the store keeps of a conversation's own level; 1 to 3.
  public int number() {
    return number;
  }

  /// The level of this number; throws [IllegalArgumentException] for any but 1 to 3.
  public static ContentLevel of(int number) {
    return Arrays.stream(values())
        .filter(it -> it.number == number)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("content: " + number + " (expected: 1 to 3)"));
  }

  /// The level of this name, as settings write it: `none`, `sender` or `full`.
  ///
  /// Throws [IllegalArgumentException] that names what was given.
  public static ContentLevel of(String name) {
    return Arrays.stream(values())
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "content: " + name + " (expected: none, sender or full)"));
  }
}
