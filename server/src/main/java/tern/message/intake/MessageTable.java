// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tern.message.Draft;

/// The hot statement: stores a group of messages of many conversations in one round trip.
final class MessageTable {
  private MessageTable() {}

  /// What the statement says of one draft.
  ///
  /// @param groupNo the transaction's intake row; 0 when it stored nothing
  /// @param sequence of the message; of what answers nothing, of the conversation's last
  /// @param pause of what came too early: how long to wait
  record Row(
      Status status,
      long sequence,
      long revision,
      long membershipRevision,
      Instant at,
      long groupNo,
      Duration pause) {}

  /// The first column; the order is that of store_messages_v3.
  enum Status {
    STORED,
    REPEAT,
    MAY_NOT_SPEAK,
    OTHER_CONTENT,
    HELD,
    TOO_LARGE,
    ROLE_TOO_LOW,
    FROZEN,
    MUTED,
    TOO_EARLY,
    TAKES_NONE,
    ANSWERS_NOTHING
  }

  /// Stores what is new, and says of each draft, in order, what became of it. One transaction: the
  /// connection is in autocommit mode.
  ///
  /// @param mayWait whether to wait for conversations that another transaction holds
  static List<Row> store(
      Connection connection, int node, boolean mayWait, List<LaneWork.Send> sends)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement(
            "select * from store_messages_v3(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      call.setInt(1, node);
      call.setBoolean(2, mayWait);
      call.setArray(3, column(connection, "uuid", sends, d -> d.conversation().value()));
      call.setArray(4, column(connection, "text", sends, d -> d.sender().value()));
      call.setArray(5, column(connection, "uuid", sends, d -> d.clientMessageId().value()));
      call.setArray(6, column(connection, "bigint", sends, Draft::contentHash));
      call.setArray(7, column(connection, "boolean", sends, Draft::countable));
      call.setArray(8, column(connection, "boolean", sends, Draft::fits));
      call.setArray(9, replies(connection, sends));
      call.setArray(10, column(connection, "text", sends, d -> String.join(" ", d.grants())));
      call.setArray(11, connection.createArrayOf("bytea", bodies(sends)));
      List<Row> rows = new ArrayList<>(sends.size());
      try (ResultSet row = call.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  Status.values()[row.getInt("status")],
                  row.getLong("seq"),
                  row.getLong("rev"),
                  row.getLong("mrev"),
                  Instant.EPOCH.plus(row.getLong("at_us"), ChronoUnit.MICROS),
                  row.getLong("group_no"),
                  Duration.ofMillis(row.getInt("wait_ms"))));
        }
      }
      return rows;
    }
  }

  private static java.sql.Array column(
      Connection connection, String type, List<LaneWork.Send> sends, Function<Draft, Object> part)
      throws SQLException {
    Object[] values = new Object[sends.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = part.apply(sends.get(i).draft());
    }
    return connection.createArrayOf(type, values);
  }

  // Null: none answers another, as in most groups.
  private static java.sql.@Nullable Array replies(Connection connection, List<LaneWork.Send> sends)
      throws SQLException {
    return sends.stream().allMatch(send -> send.draft().replyTo() == 0)
        ? null
        : column(connection, "bigint", sends, Draft::replyTo);
  }

  private static byte[][] bodies(List<LaneWork.Send> sends) {
    return sends.stream()
        .map(send -> send.draft().body())
        .map(ByteString::toByteArray)
        .toArray(byte[][]::new);
  }
}
