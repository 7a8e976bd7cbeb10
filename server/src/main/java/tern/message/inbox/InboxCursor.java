// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import tern.id.ConversationId;

/// Where a reader of the conversation list stands; opaque to clients, text of its own form.
///
/// A cursor is a database time less an overlap longer than any transaction may last, so it never
/// passes a change whose transaction is still open.
///
/// @param epoch the life of the store that it belongs to
/// @param since only what changed since then; empty for the whole list
/// @param cursor what the reader keeps once it has all pages
/// @param below the last entry of the page before; empty for the first page
/// @param list which conversations are listed
record InboxCursor(
    String epoch, Optional<Instant> since, Instant cursor, Optional<Below> below, InboxList list) {
  private static final String NONE = "-";
  private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

  /// An entry's place in the order of the list.
  record Below(Instant activeAt, ConversationId id) {}

  /// Writes what the reader keeps for "changed since".
  String cursorText() {
    return epoch + "~" + micros(cursor);
  }

  /// Writes what the reader asks the next page with.
  String pageText(Below last) {
    return String.join(
        "~",
        epoch,
        since.map(at -> Long.toString(micros(at))).orElse(NONE),
        Long.toString(micros(cursor)),
        Long.toString(micros(last.activeAt())),
        last.id().toString(),
        list.letter());
  }

  /// Reads [#cursorText]; `cursor` is left at the same time. Throws `IllegalArgumentException`.
  static InboxCursor since(String text) {
    String[] parts = parts(text, 2);
    Instant at = instant(parts[1]);
    return new InboxCursor(parts[0], Optional.of(at), at, Optional.empty(), InboxList.CHANGED);
  }

  /// Reads [#pageText]. Throws `IllegalArgumentException`.
  static InboxCursor page(String text) {
    String[] parts = parts(text, 6);
    Optional<Instant> since =
        parts[1].equals(NONE) ? Optional.empty() : Optional.of(instant(parts[1]));
    return new InboxCursor(
        parts[0],
        since,
        instant(parts[2]),
        Optional.of(new Below(instant(parts[3]), new ConversationId(UUID.fromString(parts[4])))),
        InboxList.of(parts[5]));
  }

  private static String[] parts(String text, int count) {
    String[] parts = text.split("~", -1);
    if (parts.length != count) {
      throw new IllegalArgumentException(
          "inbox cursor: no such form (expected: one that Tern gave)");
    }
    return parts;
  }

  private static Instant instant(String micros) {
    try {
      Instant at = Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
      if (!at.isBefore(Instant.EPOCH) && !at.isAfter(LATEST)) {
        return at;
      }
    } catch (NumberFormatException _) {
      // Refused below.
    }
    throw new IllegalArgumentException("inbox cursor: no such form (expected: one that Tern gave)");
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
