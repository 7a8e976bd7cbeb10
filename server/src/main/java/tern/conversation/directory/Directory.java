// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.directory;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tern.conversation.Conversation;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// Finds conversations by what the app knows of them, for its backend: no rights are looked at.
/// Blocks; for virtual threads.
public final class Directory {
  // Below each id that there is.
  private static final UUID FIRST = new UUID(0, 0);

  private static final String SELECT =
      "select " + Conversation.COLUMNS + ", c.last_change_at from conversation c ";

  // The user's conversations first, by the index of users: by the primary key, which has the page's
  // order, it would have to pass over everybody's.
  private static final String OF_USER =
      "with theirs as materialized (select conversation_id from member"
          + " where user_id = ? and not removed and conversation_id > ?) "
          + SELECT
          + "where c.id in (select conversation_id from theirs order by conversation_id limit ?)"
          + " order by c.id";

  private final Database database;

  /// Works on this database.
  public Directory(Database database) {
    this.database = database;
  }

  /// A conversation, and when it last changed.
  public record Entry(Conversation conversation, Instant activeAt) {}

  /// The one that has the app's own name `key`; empty when none has.
  public Optional<Entry> withKey(String key) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  SELECT
                      + "join conversation_key k on k.conversation_id = c.id"
                      + " where k.key = ? and k.owner = ''")) {
            select.setString(1, key);
            return entries(select).stream().findFirst();
          }
        });
  }

  /// Those of which a user is a member, by their ids: these never change, so that going through the
  /// pages misses none that stands all the while. None for a user that nobody knows.
  ///
  /// @param after those after it; empty for the first ones
  /// @param most how many at most, 1 or more
  public List<Entry> of(UserId user, Optional<ConversationId> after, int most) {
    return database.run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(OF_USER)) {
            select.setString(1, user.value());
            select.setObject(2, after.map(ConversationId::value).orElse(FIRST));
            select.setInt(3, most);
            return entries(select);
          }
        });
  }

  private static List<Entry> entries(PreparedStatement select) throws SQLException {
    List<Entry> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(
            new Entry(Conversation.read(row), row.getTimestamp("last_change_at").toInstant()));
      }
    }
    return found;
  }
}
