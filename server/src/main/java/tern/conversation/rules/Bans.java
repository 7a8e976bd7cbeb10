// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// Reads who is banned from a group. Blocks; for virtual threads.
public final class Bans {
  private final Database database;

  /// Reads from this database.
  public Bans(Database database) {
    this.database = database;
  }

  /// The bans that stand, of users after `after`, by user; `limit` 1 to 100.
  ///
  /// @param after a user id, or an empty text for the first page
  public Ban.Listing read(ConversationId id, UserId reader, String after, int limit) {
    return database.snapshot(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select c.kind in (2, 4) and m.role >= 2 from member m
                  join conversation c on c.id = m.conversation_id
                  where m.conversation_id = ? and m.user_id = ? and not m.removed
                  """)) {
            select.setObject(1, id.value());
            select.setString(2, reader.value());
            try (ResultSet row = select.executeQuery()) {
              if (!row.next()) {
                return new Ban.Listing.NotFound();
              }
              return row.getBoolean(1)
                  ? page(connection, id, after, limit)
                  : new Ban.Listing.Forbidden();
            }
          }
        });
  }

  // Reads one more than asked for, to see whether more follow.
  private static Ban.Listing page(Connection connection, ConversationId id, String after, int limit)
      throws SQLException {
    List<Ban> bans = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select user_id, banned_by, banned_at, until from ban
            where conversation_id = ? and user_id > ? and until > clock_timestamp()
            order by user_id limit ?
            """)) {
      select.setObject(1, id.value());
      select.setString(2, after);
      select.setInt(3, limit + 1);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          bans.add(
              new Ban(
                  new UserId(row.getString("user_id")),
                  new UserId(row.getString("banned_by")),
                  row.getTimestamp("banned_at").toInstant(),
                  Until.of(row.getTimestamp("until"))));
        }
      }
    }
    boolean hasAfter = bans.size() > limit;
    return new Ban.Listing.Page(hasAfter ? bans.subList(0, limit) : bans, hasAfter);
  }
}
