// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.conversation.Member;
import tern.delivery.Unsettled;
import tern.store.Database;

/// Announces again what a crash, or a lost answer of the store, left unannounced: reads it back and
/// hands it on as if it had just been committed. Repeats are harmless, for clients drop them by
/// revision.
final class SafetyNet {
  private static final Logger LOG = LoggerFactory.getLogger(SafetyNet.class);

  private final Database database;

  SafetyNet(Database database) {
    this.database = database;
  }

  /// Reads what the row names, in its newest state.
  Committed read(Unsettled row) {
    LOG.atInfo()
        .addKeyValue("group", row.groupNo())
        .addKeyValue("changes", row.entries().size())
        .log("announcing again");
    return database.snapshot(
        connection -> {
          List<Committed.Change> changes = new ArrayList<>();
          for (Unsettled.Entry entry : row.entries()) {
            changes.addAll(
                entry.sequence() > 0 ? message(connection, entry) : change(connection, entry));
          }
          return new Committed(OptionalLong.of(row.groupNo()), changes);
        });
  }

  // A message that has the revision now was changed by it; else it was about members, or has been
  // overtaken: still a step that everybody takes.
  private static List<Committed.Change> change(Connection connection, Unsettled.Entry entry)
      throws SQLException {
    long head = head(connection, entry);
    Optional<Committed.Change> changed = changedMessage(connection, entry, head);
    return List.of(changed.isPresent() ? changed.get() : membersChanged(connection, entry, head));
  }

  private static List<Committed.Change> message(Connection connection, Unsettled.Entry entry)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + StoredMessage.COLUMNS
                + ", c.membership_revision from message s join conversation c on c.id = s.conversation_id"
                + " where s.conversation_id = ? and s.sequence = ?")) {
      select.setObject(1, entry.conversation().value());
      select.setLong(2, entry.sequence());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? List.of(
                new Committed.MessageStored(
                    entry.conversation(),
                    entry.revision(),
                    row.getLong("membership_revision"),
                    StoredMessage.read(row)))
            : List.of();
      }
    }
  }

  // The highest sequence that a client can know of at this revision.
  private static long head(Connection connection, Unsettled.Entry entry) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select sequence from message where conversation_id = ? and revision <= ?"
                + " order by sequence desc limit 1")) {
      select.setObject(1, entry.conversation().value());
      select.setLong(2, entry.revision());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static Optional<Committed.Change> changedMessage(
      Connection connection, Unsettled.Entry entry, long head) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + StoredMessage.COLUMNS
                + ", c.membership_revision from message s join conversation c on c.id = s.conversation_id"
                + " where s.conversation_id = ? and s.revision = ? and s.changed")) {
      select.setObject(1, entry.conversation().value());
      select.setLong(2, entry.revision());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Committed.MessageChanged(
                    entry.conversation(),
                    entry.revision(),
                    row.getLong("membership_revision"),
                    head,
                    StoredMessage.read(row)))
            : Optional.empty();
      }
    }
  }

  private static Committed.MembersChanged membersChanged(
      Connection connection, Unsettled.Entry entry, long head) throws SQLException {
    List<Member> changed = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + Member.COLUMNS
                + " from member m where m.conversation_id = ? and m.revision = ?")) {
      select.setObject(1, entry.conversation().value());
      select.setLong(2, entry.revision());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          changed.add(Member.read(row));
        }
      }
    }
    return new Committed.MembersChanged(entry.conversation(), entry.revision(), head, changed);
  }
}
