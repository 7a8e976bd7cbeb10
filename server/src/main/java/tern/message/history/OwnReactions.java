// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.StoredMessage;

/// What a reader has reacted with: the part of a page that depends on who reads it.
final class OwnReactions {
  private OwnReactions() {}

  /// The same messages, with the reader's own reactions.
  static List<StoredMessage> with(
      Connection connection, ConversationId id, UserId reader, List<StoredMessage> messages)
      throws SQLException {
    Object[] reacted =
        messages.stream()
            .filter(it -> !it.reactions().counts().isEmpty())
            .map(StoredMessage::sequence)
            .toArray();
    if (reacted.length == 0) {
      return messages;
    }
    Map<Long, List<String>> own = read(connection, id, reader, reacted);
    return messages.stream()
        .map(it -> it.withOwnReactions(own.getOrDefault(it.sequence(), List.of())))
        .toList();
  }

  private static Map<Long, List<String>> read(
      Connection connection, ConversationId id, UserId reader, Object[] sequences)
      throws SQLException {
    Map<Long, List<String>> own = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select sequence, reaction from reaction
            where conversation_id = ? and sequence = any(?) and user_id = ? order by revision
            """)) {
      select.setObject(1, id.value());
      select.setArray(2, connection.createArrayOf("bigint", sequences));
      select.setString(3, reader.value());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          own.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>()).add(row.getString(2));
        }
      }
    }
    return own;
  }
}
