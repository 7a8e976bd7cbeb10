// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tern.id.ConversationId;
import tern.message.StoredMessage;

/// Reads messages by sequence, within a page's bounds; answers ascend.
final class Messages {
  private Messages() {}

  /// What an answer may hold; one entry always fits.
  record Room(int entries, int bytes) {}

  /// The nearest ones before `sequence`, not before `visibleFrom`.
  static List<StoredMessage> before(
      Connection connection, ConversationId id, long sequence, long visibleFrom, Room room)
      throws SQLException {
    List<StoredMessage> found =
        read(
            connection,
            "s.sequence < ? and s.sequence >= ? order by s.sequence desc",
            id,
            sequence,
            visibleFrom,
            room);
    Collections.reverse(found);
    return found;
  }

  /// The nearest ones after `sequence`, not before `visibleFrom`.
  static List<StoredMessage> after(
      Connection connection, ConversationId id, long sequence, long visibleFrom, Room room)
      throws SQLException {
    return read(
        connection,
        "s.sequence > ? and s.sequence >= ? order by s.sequence",
        id,
        sequence,
        visibleFrom,
        room);
  }

  /// The nearest pinned ones before `sequence`, not before `visibleFrom`.
  static List<StoredMessage> pinnedBefore(
      Connection connection, ConversationId id, long sequence, long visibleFrom, Room room)
      throws SQLException {
    List<StoredMessage> found =
        read(
            connection,
            "s.pinned_at is not null and s.sequence < ? and s.sequence >= ?"
                + " order by s.sequence desc",
            id,
            sequence,
            visibleFrom,
            room);
    Collections.reverse(found);
    return found;
  }

  private static List<StoredMessage> read(
      Connection connection,
      String range,
      ConversationId id,
      long sequence,
      long visibleFrom,
      Room room)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + StoredMessage.COLUMNS
                + " from message s where s.conversation_id = ? and "
                + range
                + " limit ?")) {
      select.setObject(1, id.value());
      select.setLong(2, sequence);
      select.setLong(3, visibleFrom);
      select.setInt(4, room.entries());
      try (ResultSet row = select.executeQuery()) {
        return fitting(row, room.bytes());
      }
    }
  }

  private static List<StoredMessage> fitting(ResultSet row, int maxBytes) throws SQLException {
    List<StoredMessage> found = new ArrayList<>();
    int bytes = 0;
    while (row.next()) {
      StoredMessage message = StoredMessage.read(row);
      bytes += message.weight();
      if (!found.isEmpty() && bytes > maxBytes) {
        break;
      }
      found.add(message);
    }
    return found;
  }
}
