// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a user keeps for himself of a conversation: the same on all of his devices, told to nobody
/// else.
///
/// @param pinnedAt when it was put on top of the list
/// @param draft what has been begun to write
/// @param visibleFrom the first sequence that the user may see
public record Personal(
    Place place, Optional<Instant> pinnedAt, Optional<Draft> draft, long visibleFrom) {
  /// The columns that [#read] wants, of conversation `c`, its member `m` and their draft `d`.
  static final String COLUMNS =
      Place.COLUMN
          + ", m.pinned_at as placed_on_top_at, m.visible_from, d.text as draft_text,"
          + " d.reply_to as draft_reply_to, d.saved_at as draft_saved_at";

  /// A text that waits to be sent.
  ///
  /// @param text never empty
  /// @param replyTo the sequence that it is to answer; 0 for none
  public record Draft(String text, long replyTo, Instant savedAt) {}

  static Personal read(ResultSet row) throws SQLException {
    @Nullable String text = row.getString("draft_text");
    return new Personal(
        Place.of(row.getInt("place_now")),
        instant(row, "placed_on_top_at"),
        text == null
            ? Optional.empty()
            : Optional.of(
                new Draft(
                    text,
                    row.getLong("draft_reply_to"),
                    row.getTimestamp("draft_saved_at").toInstant())),
        row.getLong("visible_from"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    @Nullable Timestamp at = row.getTimestamp(column);
    return Optional.ofNullable(at).map(Timestamp::toInstant);
  }

  /// How many characters it holds.
  int length() {
    return draft.map(it -> it.text().length()).orElse(0);
  }
}
