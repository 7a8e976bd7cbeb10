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
import tern.conversation.GroupSettings;
import tern.conversation.Member;
import tern.conversation.Membership;
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
                entry.sequence() > 0
                    ? messageAt(connection, entry, entry.sequence()).stream().toList()
                    : change(connection, entry));
          }
          return new Committed(OptionalLong.of(row.groupNo()), changes);
        });
  }

  // Whatever has the revision now was changed by it; if nothing has, it has been overtaken: still a
  // step that everybody takes. A message that begins with it is one of the server's own.
  private static List<Committed.Change> change(Connection connection, Unsettled.Entry entry)
      throws SQLException {
    long head = StoredMessage.headAt(connection, entry.conversation(), entry.revision());
    Optional<Committed.Change> message = changedMessage(connection, entry, head);
    if (message.isPresent()) {
      return List.of(message.get());
    }
    Optional<Committed.MessageStored> latest = messageAt(connection, entry, head);
    if (latest.isPresent() && latest.get().message().revision() == entry.revision()) {
      return List.of(new Committed.SystemStored(latest.get()));
    }
    Optional<Committed.Change> settings = changedSettings(connection, entry, head);
    return List.of(settings.isPresent() ? settings.get() : membersChanged(connection, entry, head));
  }

  private static Optional<Committed.Change> changedSettings(
      Connection connection, Unsettled.Entry entry, long head) throws SQLException {
    return GroupSettings.read(connection, entry.conversation())
        .filter(it -> it.settingsRevision() == entry.revision())
        .map(it -> new Committed.SettingsChanged(entry.revision(), entry.revision(), head, it));
  }

  private static Optional<Committed.MessageStored> messageAt(
      Connection connection, Unsettled.Entry entry, long sequence) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select "
                + StoredMessage.COLUMNS
                + ", c.membership_revision from message s join conversation c on c.id = s.conversation_id"
                + " where s.conversation_id = ? and s.sequence = ?")) {
      select.setObject(1, entry.conversation().value());
      select.setLong(2, sequence);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Committed.MessageStored(
                    entry.conversation(),
                    entry.revision(),
                    row.getLong("membership_revision"),
                    StoredMessage.read(row)))
            : Optional.empty();
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
    List<Member> changed = Membership.changedAt(connection, entry.conversation(), entry.revision());
    return new Committed.MembersChanged(entry.conversation(), entry.revision(), head, changed);
  }
}
