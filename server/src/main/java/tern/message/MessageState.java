// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.id.UserId;

/// What became of a message since it was sent.
///
/// @param editedAt when its content was last replaced
/// @param deletion when and by whom it was deleted; then its body is empty
/// @param pinnedAt when it was pinned
public record MessageState(
    Optional<Instant> editedAt, Optional<Deletion> deletion, Optional<Instant> pinnedAt) {
  /// Nothing yet.
  public static final MessageState NEW =
      new MessageState(Optional.empty(), Optional.empty(), Optional.empty());

  /// The columns that [#read] wants, of a table that the statement calls `s`.
  public static final String COLUMNS = "s.edited_at, s.deleted_at, s.deleted_by, s.pinned_at";

  /// The end of a message's content.
  public record Deletion(Instant at, UserId by) {}

  /// Reads the row that the cursor stands on.
  public static MessageState read(ResultSet row) throws SQLException {
    @Nullable String deletedBy = row.getString("deleted_by");
    return new MessageState(
        instant(row, "edited_at"),
        instant(row, "deleted_at")
            .flatMap(
                at -> Optional.ofNullable(deletedBy).map(by -> new Deletion(at, new UserId(by)))),
        instant(row, "pinned_at"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    @Nullable Timestamp at = row.getTimestamp(column);
    return Optional.ofNullable(at).map(Timestamp::toInstant);
  }
}
