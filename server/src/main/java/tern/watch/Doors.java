// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// Who may watch what, as the store has it. Blocks; for virtual threads.
public final class Doors {
  private final Database database;

  /// Reads from this database.
  public Doors(Database database) {
    this.database = database;
  }

  /// What somebody who may watch finds.
  ///
  /// @param revision the conversation's newest
  /// @param isMember whether they are a member
  /// @param membershipRevision of which that is true
  public record Entrance(long revision, boolean isMember, long membershipRevision) {}

  /// Opens for a user with such an access token; empty when there is no such conversation, or none
  /// that they may watch.
  public Optional<Entrance> open(ConversationId id, UserId user, Set<String> grants) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select c.revision, c.membership_revision, exists (select from member m
                    where m.conversation_id = c.id and m.user_id = ? and not m.removed)
                  from conversation c where c.id = ? and may_watch_v1(c, ?, ?)
                  """)) {
            select.setString(1, user.value());
            select.setObject(2, id.value());
            select.setString(3, user.value());
            select.setArray(4, connection.createArrayOf("text", grants.toArray()));
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(new Entrance(row.getLong(1), row.getBoolean(3), row.getLong(2)))
                  : Optional.empty();
            }
          }
        });
  }

  /// Who must go.
  ///
  /// @param user empty: everybody, for the conversation is gone
  record Closed(ConversationId conversation, Optional<UserId> user) {}

  /// Who was banned from these conversations within that time, or taken off their lists, and which
  /// of them are gone.
  List<Closed> closed(Collection<ConversationId> conversations, Duration lately) {
    return database.run(connection -> closed(connection, conversations, lately));
  }

  private static List<Closed> closed(
      Connection connection, Collection<ConversationId> conversations, Duration lately)
      throws SQLException {
    List<Closed> closed = new ArrayList<>();
    Array ids =
        connection.createArrayOf(
            "uuid", conversations.stream().map(ConversationId::value).toArray());
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with q as (select ?::uuid[] ids, clock_timestamp() - ? * interval '1 ms' since)
            select conversation_id, user_id from ban, q
              where conversation_id = any(q.ids) and banned_at >= q.since and until > clock_timestamp()
            union all
            select w.conversation_id, w.user_id from watcher w, q
              where w.conversation_id = any(q.ids) and w.unlisted_at >= q.since
                and not exists (select from member m
                  where m.conversation_id = w.conversation_id and m.user_id = w.user_id and not m.removed)
            union all
            select id, null from conversation, q where id = any(q.ids) and deleted_at is not null
            """)) {
      select.setArray(1, ids);
      select.setLong(2, lately.toMillis());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          @Nullable String user = row.getString(2);
          closed.add(
              new Closed(
                  new ConversationId(row.getObject(1, UUID.class)),
                  Optional.ofNullable(user).map(UserId::new)));
        }
      }
    }
    return closed;
  }
}
