// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.receipt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tern.id.ConversationId;
import tern.id.UserId;

/// Moves members' markers, many in one transaction.
final class MarkerTable {
  private MarkerTable() {}

  /// A member's markers after the statement.
  ///
  /// @param moved whether the statement moved them
  record Row(Marker marker, boolean moved) {}

  /// Answers a row for each pair that names a member.
  static List<Row> move(Connection connection, List<MarkerMove> moves) throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement(
            """
            select conv, usr, delivered, read, shown, unread_for_v1(usr, conv, read, unread) unread,
              moved
            from move_markers_v2(?, ?, ?, ?, ?)
            """)) {
      call.setArray(1, column(connection, "uuid", moves, move -> move.conversation().value()));
      call.setArray(2, column(connection, "text", moves, move -> move.user().value()));
      call.setArray(3, column(connection, "bigint", moves, MarkerMove::delivered));
      call.setArray(4, column(connection, "bigint", moves, MarkerMove::read));
      call.setArray(5, column(connection, "boolean", moves, MarkerMove::isImplied));
      return rows(call);
    }
  }

  /// Moves a member's own read marker back before `sequence`; empty when the user is no member.
  static Optional<Row> markUnread(
      Connection connection, ConversationId conversation, UserId user, long sequence)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select * from mark_unread_v1(?, ?, ?)")) {
      call.setObject(1, conversation.value());
      call.setString(2, user.value());
      call.setLong(3, sequence);
      return rows(call).stream().findFirst();
    }
  }

  private static List<Row> rows(PreparedStatement call) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = call.executeQuery()) {
      while (row.next()) {
        rows.add(
            new Row(
                new Marker(
                    new ConversationId(row.getObject("conv", UUID.class)),
                    new UserId(row.getString("usr")),
                    row.getLong("delivered"),
                    row.getLong("read"),
                    row.getLong("shown"),
                    row.getInt("unread")),
                row.getBoolean("moved")));
      }
    }
    return rows;
  }

  private static java.sql.Array column(
      Connection connection, String type, List<MarkerMove> moves, Function<MarkerMove, Object> part)
      throws SQLException {
    return connection.createArrayOf(type, moves.stream().map(part).toArray());
  }
}
