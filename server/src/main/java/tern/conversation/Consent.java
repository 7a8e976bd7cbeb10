// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import tern.id.UserId;

/// Whom a user may bring into a conversation without asking: nobody who blocks them, or a block
/// would be passed by with a new group of two.
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
}
