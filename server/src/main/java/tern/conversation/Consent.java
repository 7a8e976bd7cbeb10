// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import tern.id.UserId;

/// Who may be brought into a conversation without being asked: nobody who blocks whoever brings
/// them, or a block would be passed by with a new group of two; and nobody who was erased.
final class Consent {
  private Consent() {}

  /// Whether none of the guests blocks the host. One look-up for all of them.
  static boolean isGiven(Connection connection, UserId host, Collection<UserId> guests)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select not exists (
              select from relation
              where user_id = any(?) and other_id = ? and blocked_at is not null)
            """)) {
      select.setArray(
          1, connection.createArrayOf("text", guests.stream().map(UserId::value).toArray()));
      select.setString(2, host.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /// Those of the users who are being erased, or were since a time.
  static Set<UserId> erased(Connection connection, Collection<UserId> users, Instant since)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select q.id from unnest(?::text[]) q(id)
            where exists (select from erasure e where e.user_id = q.id)
              or exists (select from erased_user u
                where u.user_hash = erased_hash_v1(q.id) and u.erased_at >= ?)
            """)) {
      select.setArray(
          1, connection.createArrayOf("text", users.stream().map(UserId::value).toArray()));
      select.setTimestamp(2, Timestamp.from(since));
      Set<UserId> erased = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          erased.add(new UserId(row.getString(1)));
        }
      }
      return erased;
    }
  }
}
