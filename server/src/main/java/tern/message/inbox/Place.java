// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

/// Where a conversation stands in a user's own list; the number is what the store computes.
public enum Place {
  /// In the main list.
  MAIN(0),
  /// In the archive.
  ARCHIVED(1),
  /// In no list, until somebody writes.
  HIDDEN(2);

  private final int number;

  Place(int number) {
    this.number = number;
  }

  /// The column that [#of] wants, of conversation `c` and its member `m`; see V011.
  static final String COLUMN =
      """
      case when m.place = 0 or (m.place > 1 and c.countable > m.place_countable) then 0
        when m.place = 3 then 2 else 1 end as place_now\
      """;

  static Place of(int number) {
    for (Place place : values()) {
      if (place.number == number) {
        return place;
      }
    }
    throw new IllegalStateException("place " + number + " (expected: 0 to 2)");
  }
}
