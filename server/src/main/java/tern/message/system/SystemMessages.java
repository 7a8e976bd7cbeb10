// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.system;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import tern.id.ClientMessageId;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.Committed;
import tern.message.MessageState;
import tern.message.Reactions;
import tern.message.StoredMessage;

/// Writes what happened to a conversation into it: as a message with the next revision and the next
/// sequence, in the transaction of the change itself.
public final class SystemMessages {
  private final int node;
  private final SystemBodies bodies;

  /// @param node this node's number in the intake table
  public SystemMessages(int node, SystemBodies bodies) {
    this.node = node;
    this.bodies = bodies;
  }

  /// Tells of `event`, which `actor` has brought about.
  ///
  /// @param connection in the transaction of the change, which holds the conversation
  /// @param groupNo the change's intake row, which gets an entry more
  /// @return what is to be announced once it is committed
  public Committed.SystemStored tell(
      Connection connection, long groupNo, ConversationId id, UserId actor, SystemEvent event)
      throws SQLException {
    ByteString body = bodies.of(event);
    try (PreparedStatement call =
        connection.prepareStatement("select * from tell_v1(?, ?, ?, ?, ?)")) {
      call.setInt(1, node);
      call.setLong(2, groupNo);
      call.setObject(3, id.value());
      call.setString(4, actor.value());
      call.setBytes(5, body.toByteArray());
      try (ResultSet row = call.executeQuery()) {
        row.next();
        StoredMessage message =
            new StoredMessage(
                row.getLong("seq"),
                row.getLong("rev"),
                actor,
                new ClientMessageId(row.getObject("client_message_id", UUID.class)),
                row.getTimestamp("at").toInstant(),
                body,
                MessageState.NEW,
                Reactions.NONE);
        return new Committed.SystemStored(
            new Committed.MessageStored(id, message.revision(), row.getLong("mrev"), message));
      }
    }
  }
}
