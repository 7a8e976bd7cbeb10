// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
                entry.sequence() > 0 ? message(connection, entry) : members(connection, entry));
          }
          return new Committed(OptionalLong.of(row.groupNo()), changes);
        });
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

  private static List<Committed.Change> members(Connection connection, Unsettled.Entry entry)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select q.sequence, "
                + Member.COLUMNS
                + """
                 from (
                  select ?::uuid as id, ?::bigint as revision, coalesce((
                    select s.sequence from message s where s.conversation_id = ? and s.revision <= ?
                    order by s.sequence desc limit 1), 0) as sequence) q
                left join member m on m.conversation_id = q.id and m.revision = q.revision
                """)) {
      select.setObject(1, entry.conversation().value());
      select.setLong(2, entry.revision());
      select.setObject(3, entry.conversation().value());
      select.setLong(4, entry.revision());
      try (ResultSet row = select.executeQuery()) {
        return List.of(membersChanged(entry, row));
      }
    }
  }

  // Without members when each of them has changed again since: still a step that everybody takes.
  private static Committed.MembersChanged membersChanged(Unsettled.Entry entry, ResultSet row)
      throws SQLException {
    List<Member> changed = new ArrayList<>();
    long sequence = 0;
    while (row.next()) {
      sequence = row.getLong("sequence");
      if (row.getString("user_id") != null) {
        changed.add(Member.read(row));
      }
    }
    return new Committed.MembersChanged(entry.conversation(), entry.revision(), sequence, changed);
  }
}
