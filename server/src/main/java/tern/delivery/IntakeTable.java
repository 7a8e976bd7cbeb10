// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tern.id.ConversationId;
import tern.id.UserId;

/// The rows that say what each transaction still has to settle; see V001.
final class IntakeTable {
  private static final String OF_NODE =
      "select group_no, conversation, revision, sequence, sender from intake where node = ?";

  private IntakeTable() {}

  /// All rows of the node, the oldest first.
  static List<Unsettled> all(Connection connection, int node) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OF_NODE + " order by group_no")) {
      select.setInt(1, node);
      return rows(select);
    }
  }

  /// Rows that are 2 s old by the database's clock and not among `known`; at most 100, the oldest
  /// first.
  static List<Unsettled> look(Connection connection, int node, Set<Long> known)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            OF_NODE
                + " and at < clock_timestamp() - interval '2 s' and group_no <> all(?)"
                + " order by group_no limit 100")) {
      select.setInt(1, node);
      select.setArray(2, connection.createArrayOf("bigint", known.toArray()));
      return rows(select);
    }
  }

  private static List<Unsettled> rows(PreparedStatement select) throws SQLException {
    List<Unsettled> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(new Unsettled(row.getLong(1), entries(row)));
      }
    }
    return found;
  }

  private static List<Unsettled.Entry> entries(ResultSet row) throws SQLException {
    UUID[] conversations = (UUID[]) row.getArray(2).getArray();
    Long[] revisions = (Long[]) row.getArray(3).getArray();
    Long[] sequences = (Long[]) row.getArray(4).getArray();
    String[] senders = (String[]) row.getArray(5).getArray();
    List<Unsettled.Entry> entries = new ArrayList<>();
    for (int i = 0; i < conversations.length; i++) {
      entries.add(
          new Unsettled.Entry(
              new ConversationId(conversations[i]),
              revisions[i],
              sequences[i] == null ? 0 : sequences[i],
              new UserId(senders[i])));
    }
    return entries;
  }

  /// Deletes those that are 5 s old, by when every node has looked; returns which.
  static List<Long> deleteOld(Connection connection, int node, Collection<Long> settled)
      throws SQLException {
    List<Long> deleted = new ArrayList<>();
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            delete from intake where node = ? and group_no = any(?)
              and at < clock_timestamp() - interval '5 s' returning group_no
            """)) {
      delete.setInt(1, node);
      delete.setArray(2, connection.createArrayOf("bigint", settled.toArray()));
      try (ResultSet row = delete.executeQuery()) {
        while (row.next()) {
          deleted.add(row.getLong(1));
        }
      }
    }
    return deleted;
  }
}
