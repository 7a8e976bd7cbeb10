// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.past;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tern.id.ClientMessageId;
import tern.id.ConversationId;
import tern.id.UserId;

/// The statements of an import; see V016. All run in one transaction.
final class PastTable {
  private PastTable() {}

  /// What a conversation holds when a batch comes.
  ///
  /// @param newest when its newest message was sent; the epoch when there is none
  /// @param now by the database's clock
  record Head(long sequence, Instant newest, Instant now) {}

  /// A message that stands.
  record Standing(long sequence, long contentHash) {}

  /// What the store says of a stored batch.
  ///
  /// @param groupNo the transaction's intake row
  /// @param sequence of the last message
  /// @param revision of the last message
  record Stored(long groupNo, long sequence, long revision, long membershipRevision) {}

  /// Holds the conversation until the transaction's end; false when there is none. Never in one
  /// statement with what follows: its snapshot would predate the wait.
  static boolean lock(Connection connection, ConversationId id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select from conversation where id = ? and deleted_at is null for no key update")) {
      select.setObject(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  static Head head(Connection connection, ConversationId id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.last_sequence, s.created_at, clock_timestamp() as now
            from conversation c
            left join message s on s.conversation_id = c.id and s.sequence = c.last_sequence
            where c.id = ?
            """)) {
      select.setObject(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        @Nullable Timestamp newest = row.getTimestamp("created_at");
        return new Head(
            row.getLong("last_sequence"),
            newest == null ? Instant.EPOCH : newest.toInstant(),
            row.getTimestamp("now").toInstant());
      }
    }
  }

  /// Those of these messages that stand.
  static Map<PastMessage.Name, Standing> standing(
      Connection connection, ConversationId id, List<PastMessage.Name> names) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select s.sender, s.client_message_id, s.sequence, s.content_hash
            from unnest(?::text[], ?::uuid[]) q(sender, cmid)
            join message s on s.conversation_id = ? and s.sender = q.sender
              and s.client_message_id = q.cmid
            """)) {
      select.setArray(1, column(connection, "text", names, it -> it.sender().value()));
      select.setArray(2, column(connection, "uuid", names, it -> it.clientMessageId().value()));
      select.setObject(3, id.value());
      Map<PastMessage.Name, Standing> found = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.put(
              new PastMessage.Name(
                  new UserId(row.getString(1)), new ClientMessageId(row.getObject(2, UUID.class))),
              new Standing(row.getLong(3), row.getLong(4)));
        }
      }
      return found;
    }
  }

  /// The first of these messages whose sender is being erased, or was erased after sending it.
  static OptionalInt erased(Connection connection, List<PastMessage> messages) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select min(q.ord) from unnest(?::text[], ?::timestamptz[]) with ordinality q(sender, at, ord)
            where exists (select from erasure e where e.user_id = q.sender)
              or exists (select from erased_user u
                where u.user_hash = erased_hash_v1(q.sender) and u.erased_at >= q.at)
            """)) {
      select.setArray(1, column(connection, "text", messages, it -> it.draft().sender().value()));
      select.setArray(2, column(connection, "timestamptz", messages, it -> at(it.sentAt())));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        int first = row.getInt(1);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(first - 1);
      }
    }
  }

  /// Stores messages, which all are new, behind those that stand.
  ///
  /// @param isRead whether whoever had nothing unread has read them too
  static Stored store(
      Connection connection, int node, ConversationId id, boolean isRead, List<PastMessage> fresh)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement(
            "select * from import_messages_v1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      call.setInt(1, node);
      call.setObject(2, id.value());
      call.setBoolean(3, isRead);
      call.setArray(4, column(connection, "text", fresh, it -> it.draft().sender().value()));
      call.setArray(
          5, column(connection, "uuid", fresh, it -> it.draft().clientMessageId().value()));
      call.setArray(6, column(connection, "bigint", fresh, it -> it.draft().contentHash()));
      call.setArray(7, column(connection, "boolean", fresh, it -> it.draft().countable()));
      call.setArray(8, column(connection, "timestamptz", fresh, it -> at(it.sentAt())));
      call.setArray(
          9,
          column(
              connection,
              "timestamptz",
              fresh,
              it -> it.editedAt().map(PastTable::at).orElse(null)));
      call.setArray(
          10,
          connection.createArrayOf(
              "bytea",
              fresh.stream().map(it -> it.draft().body().toByteArray()).toArray(byte[][]::new)));
      try (ResultSet row = call.executeQuery()) {
        row.next();
        return new Stored(
            row.getLong("group_no"), row.getLong("seq"), row.getLong("rev"), row.getLong("mrev"));
      }
    }
  }

  // A text that means the same in every time zone.
  private static Object at(Instant at) {
    return at.toString();
  }

  private static <T> java.sql.Array column(
      Connection connection, String type, List<T> rows, Function<T, @Nullable Object> part)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = part.apply(rows.get(i));
    }
    return connection.createArrayOf(type, values);
  }
}
