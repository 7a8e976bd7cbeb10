// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import java.util.Arrays;
import java.util.Locale;

/// What a push tells of a message.
public enum ContentLevel {
  /// That there is one.
  NONE,
  /// From whom, and in which conversation.
  SENDER,
  /// What it says, too.
  FULL;

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
