// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.util.Arrays;

/// Which conversations of a user are listed.
public enum InboxList {
  /// The main list.
  MAIN("m", "(m.place = 0 or (m.place > 1 and c.countable > m.place_countable))"),
  /// The archive.
  ARCHIVED(
      "a",
      "(m.place <> 0 and (m.place = 1 or (m.place = 2 and c.countable <= m.place_countable)))"),
  /// What the user put on top of the main list.
  PINNED("p", "m.pinned_at is not null"),
  /// Whatever changed since a cursor, wherever it stands now.
  CHANGED("-", "true");

  /// Of conversation `c` and its member `m`: whether it is in any list of theirs; see V018.
  static final String LISTED = "not (m.unopened and c.last_sequence = 0)";

  private final String letter;
  private final String condition;

  InboxList(String letter, String condition) {
    this.letter = letter;
    this.condition = condition;
  }

  /// Its name in a page's text.
  String letter() {
    return letter;
  }

  /// Which rows it holds, of conversation `c` and its member `m`; see V011.
  String condition() {
    return condition;
  }

  static InboxList of(String letter) {
    return Arrays.stream(values())
        .filter(list -> list.letter.equals(letter))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "inbox cursor: no such form (expected: one that Tern gave)"));
  }
}
