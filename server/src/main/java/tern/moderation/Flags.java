// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tern.conversation.ConversationKind;
import tern.id.ConversationId;
import tern.message.StoredMessage;
import tern.store.Database;

/// The queue of messages that a moderator should look at; entries live for 90 days. Blocks; for
/// virtual threads.
public final class Flags {
  private final Database database;

  Flags(Database database) {
    this.database = database;
  }

  /// A message and where it stands.
  ///
  /// @param message its client message id
  record Found(UUID message, ConversationKind kind) {}

  /// The message that the candidate is, or edits; empty where the intake will answer by itself: to
  /// a repeat, or to whoever may not send it.
  Optional<Found> messageOf(Candidate candidate) {
    return database.run(
        connection ->
            candidate.isNew() ? newMessage(connection, candidate) : edited(connection, candidate));
  }

  private static Optional<Found> newMessage(Connection connection, Candidate it)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.kind from conversation c
            left join member m on m.conversation_id = c.id and m.user_id = ? and not m.removed
            where c.id = ? and (m.user_id is not null or c.watchers_post)
              and not exists (select from message s where s.conversation_id = c.id
                and s.sender = ? and s.client_message_id = ?)
            """)) {
      select.setString(1, it.sender().value());
      select.setObject(2, it.conversation().value());
      select.setString(3, it.sender().value());
      select.setObject(4, it.id());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(new Found(it.id(), kind(row))) : Optional.empty();
      }
    }
  }

  private static Optional<Found> edited(Connection connection, Candidate it) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.kind, s.client_message_id from message s
            join conversation c on c.id = s.conversation_id
            left join member m on m.conversation_id = c.id and m.user_id = s.sender and not m.removed
            where (m.user_id is not null or c.watchers_post)
              and s.conversation_id = ? and s.sequence = ? and s.sender = ? and s.deleted_at is null
              and not exists (select from message_edit e where e.conversation_id = s.conversation_id
                and e.sequence = s.sequence and e.edit_id = ?)
            """)) {
      select.setObject(1, it.conversation().value());
      select.setLong(2, it.edits());
      select.setString(3, it.sender().value());
      select.setObject(4, it.id());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Found(row.getObject("client_message_id", UUID.class), kind(row)))
            : Optional.empty();
      }
    }
  }

  private static ConversationKind kind(ResultSet row) throws SQLException {
    return ConversationKind.of(row.getInt("kind"));
  }

  /// Puts a message into the queue; one that is there already is moved to its end.
  void add(Candidate candidate, UUID clientMessageId, List<String> ruleIds) {
    var _ =
        database.transaction(
            connection -> {
              remove(connection, candidate, clientMessageId);
              return insert(connection, candidate, clientMessageId, ruleIds);
            });
  }

  private static void remove(Connection connection, Candidate candidate, UUID clientMessageId)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            delete from flagged_message
            where conversation_id = ? and sender = ? and client_message_id = ?
            """)) {
      set(delete, candidate, clientMessageId);
      delete.executeUpdate();
    }
  }

  private static int insert(
      Connection connection, Candidate candidate, UUID clientMessageId, List<String> ruleIds)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into flagged_message (conversation_id, sender, client_message_id, rule_ids, at)
            values (?, ?, ?, ?, clock_timestamp()) on conflict do nothing
            """)) {
      set(insert, candidate, clientMessageId);
      insert.setArray(4, connection.createArrayOf("text", ruleIds.toArray()));
      return insert.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, Candidate candidate, UUID clientMessageId)
      throws SQLException {
    statement.setObject(1, candidate.conversation().value());
    statement.setString(2, candidate.sender().value());
    statement.setObject(3, clientMessageId);
  }

  /// Entries below a number, the latest first; those whose message was deleted, or never stored,
  /// are passed over.
  public List<FlaggedMessage> read(long below, int limit) {
    return database.run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select f.number, f.at, f.conversation_id, f.rule_ids, "
                      + StoredMessage.COLUMNS
                      + " from flagged_message f join message s on s.conversation_id = f.conversation_id"
                      + " and s.sender = f.sender and s.client_message_id = f.client_message_id"
                      + " where f.number < ? and s.deleted_at is null"
                      + " order by f.number desc limit ?")) {
            select.setLong(1, below);
            select.setInt(2, limit);
            try (ResultSet row = select.executeQuery()) {
              return entries(row);
            }
          }
        });
  }

  private static List<FlaggedMessage> entries(ResultSet row) throws SQLException {
    List<FlaggedMessage> entries = new ArrayList<>();
    while (row.next()) {
      entries.add(
          new FlaggedMessage(
              row.getLong("number"),
              row.getTimestamp("at").toInstant(),
              new ConversationId(row.getObject("conversation_id", UUID.class)),
              List.of((String[]) row.getArray("rule_ids").getArray()),
              StoredMessage.read(row)));
    }
    return entries;
  }

  /// Takes an entry off the queue: somebody has looked at it. Returns false when there is none.
  public boolean dismiss(long number) {
    return database.run(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from flagged_message where number = ?")) {
            delete.setLong(1, number);
            return delete.executeUpdate() == 1;
          }
        });
  }

  void prune() {
    var _ =
        database.run(
            connection -> {
              try (PreparedStatement delete =
                  connection.prepareStatement(
                      "delete from flagged_message where at < clock_timestamp() - interval '90 days'")) {
                return delete.executeUpdate();
              }
            });
  }
}
