// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.conversation.rules.Until;
import tern.id.UserId;

/// A user in a conversation, or one who was.
///
/// @param revision the revision that last changed this membership
/// @param visibleFrom the first sequence that this member might see when they joined; what they
///     cleared since is theirs to know
/// @param mutedUntil until when this member may not post; may be past
public record Member(
    UserId user,
    Role role,
    long revision,
    boolean removed,
    long visibleFrom,
    Optional<Instant> mutedUntil) {
  /// The columns that [#read] wants, of a table that the statement calls `m`.
  public static final String COLUMNS =
      """
      m.user_id, m.role, m.revision, m.removed, m.muted_until,
      coalesce(m.joined_from, m.visible_from) as visible_from\
      """;

  /// Reads the row that the cursor stands on.
  public static Member read(ResultSet row) throws SQLException {
    @Nullable Timestamp mutedUntil = row.getTimestamp("muted_until");
    return new Member(
        new UserId(row.getString("user_id")),
        Role.of(row.getInt("role")),
        row.getLong("revision"),
        row.getBoolean("removed"),
        row.getLong("visible_from"),
        Optional.ofNullable(mutedUntil).map(Until::of));
  }
}
