// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// Whom users block and mute. Blocks; for virtual threads.
public final class Relations {
  /// Users that one may have blocked or muted at once.
  public static final int MAX = 10_000;

  private final Database database;
  private final Silence silence;

  /// Works on this database.
  ///
  /// @param silence told whose relations changed
  public Relations(Database database, Silence silence) {
    this.database = database;
    this.silence = silence;
  }

  /// Says something about another user, or takes it back; may be called twice. Empty when there are
  /// [#MAX] already. A block holds for whatever is sent after this has returned.
  public Optional<Relation> set(UserId user, UserId other, Relation.Kind kind, boolean on) {
    if (user.equals(other)) {
      throw new IllegalArgumentException("user_id: one's own (expected: another user's)");
    }
    Optional<Relation> answer =
        database.run(
            connection -> {
              try (PreparedStatement call =
                  connection.prepareStatement("select * from set_relation_v1(?, ?, ?, ?, ?)")) {
                call.setString(1, user.value());
                call.setString(2, other.value());
                call.setShort(3, (short) kind.number());
                call.setBoolean(4, on);
                call.setInt(5, MAX);
                try (ResultSet row = call.executeQuery()) {
                  row.next();
                  return row.getInt("status") == 0
                      ? Optional.of(
                          new Relation(
                              other,
                              row.getBoolean("blocked"),
                              row.getBoolean("muted"),
                              row.getBoolean("changed"),
                              Stream.of((UUID[]) row.getArray("convs").getArray())
                                  .map(ConversationId::new)
                                  .toList()))
                      : Optional.empty();
                }
              }
            });
    silence.changed(user);
    return answer;
  }

  /// Those of whom the user has said this, by id, after the id `after` (empty for the first page);
  /// at most `limit`.
  public List<ListedUser> list(UserId user, Relation.Kind kind, String after, int limit) {
    String since = kind.column();
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select other_id, "
                      + since
                      + " from relation where user_id = ? and other_id > ? and "
                      + since
                      + " is not null order by other_id limit ?")) {
            select.setString(1, user.value());
            select.setString(2, after);
            select.setInt(3, limit);
            List<ListedUser> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                Timestamp at = Objects.requireNonNull(row.getTimestamp(2));
                found.add(new ListedUser(new UserId(row.getString(1)), at.toInstant()));
              }
            }
            return found;
          }
        });
  }
}
