// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tern.conversation.Conversation;
import tern.id.UserId;

/// Reads the members' markers of a conversation.
final class Markers {
  /// Conversations with more members show each only their own.
  private static final int MAX_MEMBERS = 100;

  private Markers() {}

  /// The reader's own, and the others' where there are at most 100 members.
  static List<MemberMarker> read(Connection connection, Conversation conversation, UserId reader)
      throws SQLException {
    boolean all = conversation.memberCount() <= MAX_MEMBERS;
    try (PreparedStatement select =
        connection.prepareStatement(
            "select user_id, delivered_sequence, case when user_id = ? then read_sequence"
                + " else greatest(read_sequence, told_read) end from member"
                + " where conversation_id = ? and not removed"
                + (all ? "" : " and user_id = ?"))) {
      select.setString(1, reader.value());
      select.setObject(2, conversation.id().value());
      if (!all) {
        select.setString(3, reader.value());
      }
      List<MemberMarker> markers = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          markers.add(
              new MemberMarker(new UserId(row.getString(1)), row.getLong(2), row.getLong(3)));
        }
      }
      return markers;
    }
  }
}
