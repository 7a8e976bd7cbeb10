// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tern.loadtest.history.PushHistory.Kept;

/// What a node's store holds that bears on pushes, by SQL of our own.
final class StoredPushes {
  private static final String UNSETTLED =
      """
      select (select count(*) from intake)
        + (select count(*) from push_queue where due_at < clock_timestamp())
      """;
  private static final String MESSAGES =
      """
      select (extract(epoch from created_at) * 1000000)::bigint, conversation_id, sequence, sender,
        client_message_id
      from message where conversation_id = any(?) order by conversation_id, sequence
      """;

  private StoredPushes() {}

  /// How much it still has to settle: committed changes, and pushes that are due.
  static long unsettled(Connection connection) throws SQLException {
    try (ResultSet row = connection.createStatement().executeQuery(UNSETTLED)) {
      row.next();
      return row.getLong(1);
    }
  }

  /// The messages of these conversations.
  ///
  /// @param startMs when the run began, in milliseconds since 1970
  static List<Kept> messages(Connection connection, Collection<String> conversations, long startMs)
      throws SQLException {
    List<Kept> messages = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(MESSAGES)) {
      UUID[] ids = conversations.stream().map(UUID::fromString).toArray(UUID[]::new);
      select.setArray(1, connection.createArrayOf("uuid", ids));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long micros = row.getLong(1) - TimeUnit.MILLISECONDS.toMicros(startMs);
          messages.add(
              new Kept(
                  TimeUnit.MICROSECONDS.toNanos(micros),
                  row.getString(2),
                  row.getLong(3),
                  row.getString(4),
                  row.getString(5)));
        }
      }
    }
    return messages;
  }
}
