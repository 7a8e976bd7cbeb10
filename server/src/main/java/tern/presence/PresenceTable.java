// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tern.id.UserId;
import tern.store.Database;

/// What the store knows of presence: who may see whom, and when users were last seen. Blocks.
final class PresenceTable {
  private final Database database;

  PresenceTable(Database database) {
    this.database = database;
  }

  /// Somebody who would like to know about somebody.
  record Pair(UserId watcher, UserId subject) {}

  /// What the store says of a pair.
  ///
  /// @param isVisible whether the watcher may see the subject now
  record Known(boolean isVisible, Optional<Instant> seenAt) {}

  /// An answer for each pair, in order.
  List<Known> read(List<Pair> pairs) {
    return database.run(
        connection -> {
          try (PreparedStatement call =
              connection.prepareStatement("select * from presence_v1(?, ?)")) {
            call.setArray(1, texts(connection, pairs.stream().map(Pair::watcher).toList()));
            call.setArray(2, texts(connection, pairs.stream().map(Pair::subject).toList()));
            List<Known> found = new ArrayList<>(pairs.size());
            try (ResultSet row = call.executeQuery()) {
              while (row.next()) {
                @Nullable Timestamp seen = row.getTimestamp("seen_at");
                found.add(
                    new Known(
                        row.getBoolean("visible"),
                        Optional.ofNullable(seen).map(Timestamp::toInstant)));
              }
            }
            return found;
          }
        });
  }

  private static java.sql.Array texts(Connection connection, List<UserId> users)
      throws SQLException {
    return connection.createArrayOf("text", users.stream().map(UserId::value).toArray());
  }

  /// Keeps when these users were seen, save those who are invisible: that leaves no trace.
  int keep(Map<UserId, Instant> seen) {
    List<UserId> users = new ArrayList<>();
    List<Object> times = new ArrayList<>();
    seen.forEach(
        (user, at) -> {
          users.add(user);
          times.add(at.atOffset(ZoneOffset.UTC));
        });
    return database.run(
        connection -> {
          try (PreparedStatement upsert =
              connection.prepareStatement(
                  """
                  insert into last_seen as l (user_id, at)
                  select q.usr, q.at
                  from unnest(?::text[], ?::timestamptz[]) q(usr, at)
                  where not exists (select from preference p where p.user_id = q.usr and p.invisible)
                  order by q.usr
                  on conflict (user_id) do update set at = greatest(l.at, excluded.at)
                  """)) {
            upsert.setArray(1, texts(connection, users));
            upsert.setArray(2, connection.createArrayOf("timestamptz", times.toArray()));
            return upsert.executeUpdate();
          }
        });
  }
}
