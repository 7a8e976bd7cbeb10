// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// The lists of those who may watch a conversation. Blocks; for virtual threads.
public final class WatchList {
  /// Users on one list at most; who was taken off in the last hour counts.
  public static final int MAX_USERS = 100_000;

  private final Database database;

  /// Works on this database.
  public WatchList(Database database) {
    this.database = database;
  }

  /// What somebody is told who changes a list.
  public sealed interface Change {
    /// So many were put on it, and taken off.
    record Done(int added, int removed) implements Change {}
  }

  /// What somebody is told who reads a list.
  public sealed interface Listing {
    /// A page, by user.
    ///
    /// @param hasAfter whether more follow
    record Page(List<UserId> users, boolean hasAfter) implements Listing {
      /// Keeps its own copy.
      public Page {
        users = List.copyOf(users);
      }
    }
  }

  /// Why it can't be.
  public enum Refused implements Change, Listing {
    /// No such conversation, or none of the actor's.
    NOT_FOUND,
    /// The actor's role, or the conversation's access, does not allow it.
    FORBIDDEN,
    /// Beyond [#MAX_USERS].
    LIMIT_REACHED
  }

  /// Puts users on the list and takes others off it, as `actor`.
  public Change change(
      ConversationId id, UserId actor, Collection<UserId> add, Collection<UserId> remove) {
    return database.transaction(
        connection -> {
          try (PreparedStatement call =
              connection.prepareStatement("select * from change_watch_list_v2(?, ?, ?, ?, ?)")) {
            call.setObject(1, id.value());
            call.setString(2, actor.value());
            call.setArray(3, connection.createArrayOf("text", values(add)));
            call.setArray(4, connection.createArrayOf("text", values(remove)));
            call.setInt(5, MAX_USERS);
            try (ResultSet row = call.executeQuery()) {
              row.next();
              return switch (row.getInt("status")) {
                case 0 -> new Change.Done(row.getInt("added"), row.getInt("removed"));
                case 1 -> Refused.NOT_FOUND;
                case 2 -> Refused.FORBIDDEN;
                default -> Refused.LIMIT_REACHED;
              };
            }
          }
        });
  }

  private static Object[] values(Collection<UserId> users) {
    return users.stream().map(UserId::value).toArray();
  }

  /// The users on the list after `after`, by user; `limit` 1 to 100.
  ///
  /// @param after a user id, or an empty text for the first page
  public Listing read(ConversationId id, UserId reader, String after, int limit) {
    return database.snapshot(
        connection -> {
          Optional<Boolean> mayRead = mayRead(connection, id, reader);
          if (mayRead.isEmpty()) {
            return Refused.NOT_FOUND;
          }
          return mayRead.get() ? page(connection, id, after, limit) : Refused.FORBIDDEN;
        });
  }

  private static Optional<Boolean> mayRead(Connection connection, ConversationId id, UserId reader)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.kind = 4 and m.role >= 2 from member m
            join conversation c on c.id = m.conversation_id
            where m.conversation_id = ? and m.user_id = ? and not m.removed
            """)) {
      select.setObject(1, id.value());
      select.setString(2, reader.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
      }
    }
  }

  // Reads one more than asked for, to see whether more follow.
  private static Listing page(Connection connection, ConversationId id, String after, int limit)
      throws SQLException {
    List<UserId> users = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select user_id from watcher where conversation_id = ? and listed and user_id > ?
            order by user_id limit ?
            """)) {
      select.setObject(1, id.value());
      select.setString(2, after);
      select.setInt(3, limit + 1);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          users.add(new UserId(row.getString(1)));
        }
      }
    }
    boolean hasAfter = users.size() > limit;
    return new Listing.Page(hasAfter ? users.subList(0, limit) : users, hasAfter);
  }
}
