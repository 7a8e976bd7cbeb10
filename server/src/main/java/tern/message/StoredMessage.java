// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tern.id.ClientMessageId;
import tern.id.ConversationId;
import tern.id.UserId;

/// A message as it is kept.
///
/// @param sequence its number in the conversation; never changes
/// @param revision of its latest change
/// @param body content and headers, encoded; empty when it was deleted
/// @param state what became of it since
public record StoredMessage(
    long sequence,
    long revision,
    UserId sender,
    ClientMessageId clientMessageId,
    Instant createdAt,
    ByteString body,
    MessageState state,
    Reactions reactions) {
  /// The columns that [#read] wants, of a table that the statement calls `s`.
  public static final String COLUMNS =
      "s.sequence, s.revision, s.sender, s.client_message_id, s.created_at, s.body, "
          + MessageState.COLUMNS
          + ", "
          + Reactions.COLUMN;

  // What a message weighs on the wire beside its body.
  private static final int OVERHEAD_BYTES = 120;

  /// Reads the row that the cursor stands on.
  public static StoredMessage read(ResultSet row) throws SQLException {
    return new StoredMessage(
        row.getLong("sequence"),
        row.getLong("revision"),
        new UserId(row.getString("sender")),
        new ClientMessageId(row.getObject("client_message_id", UUID.class)),
        row.getTimestamp("created_at").toInstant(),
        ByteString.copyFrom(row.getBytes("body")),
        MessageState.read(row),
        Reactions.read(row));
  }

  /// The highest sequence that stood at a revision; 0 when there was no message yet. Walks back
  /// from the newest message.
  public static long headAt(Connection connection, ConversationId id, long revision)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select sequence from message
            where conversation_id = ? and coalesce(first_revision, revision) <= ?
            order by sequence desc limit 1
            """)) {
      select.setObject(1, id.value());
      select.setLong(2, revision);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /// About how many bytes it takes in a page.
  public int weight() {
    return OVERHEAD_BYTES + body.size() + reactions.weight();
  }

  /// The same, as one who reacted so reads it.
  public StoredMessage withOwnReactions(List<String> own) {
    return new StoredMessage(
        sequence, revision, sender, clientMessageId, createdAt, body, state, reactions.with(own));
  }
}
