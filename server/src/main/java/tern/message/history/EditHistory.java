// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.Database;

/// Reads what edits have replaced. Blocks; for virtual threads.
public final class EditHistory {
  private final Database database;

  /// Reads from this database.
  public EditHistory(Database database) {
    this.database = database;
  }

  /// A version of a message that an edit has replaced.
  ///
  /// @param revision of the edit
  /// @param body content and headers, encoded
  public record Version(long revision, Instant replacedAt, ByteString body) {}

  /// What came of reading.
  public sealed interface Result {
    /// Versions, the latest first.
    ///
    /// @param hasBefore whether earlier ones follow
    record Versions(List<Version> versions, boolean hasBefore) implements Result {
      /// Keeps its own copy.
      public Versions {
        versions = List.copyOf(versions);
      }
    }

    /// Nothing may be read.
    enum Refused implements Result {
      /// No such message, or none that the reader may see.
      NOT_FOUND,
      /// The message is another's, whose messages the reader may not delete either.
      FORBIDDEN
    }
  }

  /// Reads the versions that were replaced before a revision, the latest first.
  public Result read(ConversationId id, UserId reader, long sequence, long before) {
    return database.snapshot(
        connection -> {
          Optional<Boolean> may = mayRead(connection, id, reader, sequence);
          if (may.isEmpty()) {
            return Result.Refused.NOT_FOUND;
          }
          return may.get() ? versions(connection, id, sequence, before) : Result.Refused.FORBIDDEN;
        });
  }

  // Empty: there is no such message for this reader.
  private static Optional<Boolean> mayRead(
      Connection connection, ConversationId id, UserId reader, long sequence) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select s.sender = m.user_id or may_delete_v1(c, m.role, s.sender)
            from conversation c
            join member m on m.conversation_id = c.id and m.user_id = ? and not m.removed
            join message s on s.conversation_id = c.id and s.sequence = ?
              and s.sequence >= greatest(m.visible_from, c.first_sequence)
            where c.id = ?
            """)) {
      select.setString(1, reader.value());
      select.setLong(2, sequence);
      select.setObject(3, id.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
      }
    }
  }

  private static Result versions(
      Connection connection, ConversationId id, long sequence, long before) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select revision, replaced_at, body from message_edit
            where conversation_id = ? and sequence = ? and revision < ? and body <> ''
            order by revision desc limit ?
            """)) {
      select.setObject(1, id.value());
      select.setLong(2, sequence);
      select.setLong(3, before);
      select.setInt(4, Page.MAX_ENTRIES + 1);
      try (ResultSet row = select.executeQuery()) {
        return versions(row);
      }
    }
  }

  private static Result versions(ResultSet row) throws SQLException {
    List<Version> versions = new ArrayList<>();
    int bytes = 0;
    while (row.next()) {
      ByteString body = ByteString.copyFrom(row.getBytes("body"));
      bytes += body.size();
      if (versions.size() == Page.MAX_ENTRIES || (!versions.isEmpty() && bytes > Page.MAX_BYTES)) {
        return new Result.Versions(versions, true);
      }
      versions.add(
          new Version(row.getLong("revision"), row.getTimestamp("replaced_at").toInstant(), body));
    }
    return new Result.Versions(versions, false);
  }
}
