// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import tern.id.ConversationId;

/// What the index reads and writes; see V012.
final class IndexTable {
  private IndexTable() {}

  /// A message, by its sequence and a revision; where the sequence is 0, the one that this revision
  /// changed.
  record Entry(ConversationId conversation, long sequence, long revision) {}

  /// A row of the intake table.
  record Group(long groupNo, List<Entry> entries) {}

  /// A message as it stands.
  record Text(Entry entry, ByteString body) {}

  /// The words of a message, with a space between them.
  record Words(Entry entry, String words) {}

  /// Rows of the node that are not among `known`, the oldest first.
  static List<Group> groups(Connection connection, int node, Collection<Long> known, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select group_no, conversation, revision, sequence from intake
            where node = ? and group_no <> all(?) order by group_no limit ?
            """)) {
      select.setInt(1, node);
      select.setArray(2, connection.createArrayOf("bigint", known.toArray()));
      select.setInt(3, limit);
      List<Group> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(new Group(row.getLong(1), entries(row)));
        }
      }
      return found;
    }
  }

  private static List<Entry> entries(ResultSet row) throws SQLException {
    UUID[] conversations = (UUID[]) row.getArray(2).getArray();
    Long[] revisions = (Long[]) row.getArray(3).getArray();
    Long[] sequences = (Long[]) row.getArray(4).getArray();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < conversations.length; i++) {
      entries.add(
          new Entry(
              new ConversationId(conversations[i]),
              sequences[i] == null ? 0 : sequences[i],
              revisions[i]));
    }
    return entries;
  }

  /// The numbers of all rows of the node.
  static List<Long> standing(Connection connection, int node) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select group_no from intake where node = ?")) {
      select.setInt(1, node);
      List<Long> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(row.getLong(1));
        }
      }
      return found;
    }
  }

  /// The messages that entries name, as they stand now. What was changed again since is left out:
  /// it has an entry of its own.
  static List<Text> read(Connection connection, List<Entry> entries) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with q as (select * from unnest(?::uuid[], ?::bigint[], ?::bigint[]) q(conv, seq, rev))
            select s.conversation_id, s.sequence, s.revision, s.body
            from q join message s on s.conversation_id = q.conv and s.sequence = q.seq where q.seq > 0
            union all
            select s.conversation_id, s.sequence, s.revision, s.body
            from q join message s on s.conversation_id = q.conv and s.revision = q.rev and s.changed
            where q.seq = 0
            """)) {
      setEntries(connection, select, 1, entries);
      return texts(select);
    }
  }

  // As three parameters, from this one on.
  private static void setEntries(
      Connection connection, PreparedStatement statement, int first, List<Entry> entries)
      throws SQLException {
    statement.setArray(first, column(connection, "uuid", entries, it -> it.conversation().value()));
    statement.setArray(first + 1, column(connection, "bigint", entries, Entry::sequence));
    statement.setArray(first + 2, column(connection, "bigint", entries, Entry::revision));
  }

  private static <T> java.sql.Array column(
      Connection connection, String type, List<T> rows, Function<T, Object> part)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(part).toArray());
  }

  private static List<Text> texts(PreparedStatement select) throws SQLException {
    List<Text> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Entry entry =
            new Entry(
                new ConversationId(row.getObject(1, UUID.class)), row.getLong(2), row.getLong(3));
        found.add(new Text(entry, ByteString.copyFrom(row.getBytes(4))));
      }
    }
    return found;
  }

  /// Puts words into the index; what has changed since they were taken is passed over.
  ///
  /// @param mayWait whether to wait for who is just taking messages out of it; then the words are
  ///     of one conversation
  /// @return those that are to be put again, for messages of theirs are just being taken out
  static List<Words> put(Connection connection, List<Words> words, boolean mayWait)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select put_search_entries_v1(?, ?, ?, ?, ?)")) {
      call.setBoolean(1, mayWait);
      setEntries(connection, call, 2, words.stream().map(Words::entry).toList());
      call.setArray(5, column(connection, "text", words, Words::words));
      try (ResultSet row = call.executeQuery()) {
        row.next();
        Set<UUID> passed = Set.of((UUID[]) row.getArray(1).getArray());
        return words.stream()
            .filter(it -> passed.contains(it.entry().conversation().value()))
            .toList();
      }
    }
  }

  /// Takes messages out of the index that hold no text any more.
  static int forget(Connection connection, List<Entry> entries) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            delete from search_entry e using unnest(?::uuid[], ?::bigint[], ?::bigint[]) q(conv, seq, rev)
            where e.conversation_id = q.conv and e.sequence = q.seq and e.revision <= q.rev
            """)) {
      setEntries(connection, delete, 1, entries);
      return delete.executeUpdate();
    }
  }

  /// The newest message of some conversation's that stands in the backlog.
  static Optional<Entry> nextOfBacklog(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "select conversation_id, next_sequence from search_backlog"
                    + " order by conversation_id limit 1");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Entry(
                  new ConversationId(row.getObject(1, UUID.class)), row.getLong(2), Long.MAX_VALUE))
          : Optional.empty();
    }
  }

  /// So many messages from one downwards.
  static List<Text> below(Connection connection, Entry from, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select conversation_id, sequence, revision, body from message
            where conversation_id = ? and sequence <= ? and sequence > ?
            """)) {
      select.setObject(1, from.conversation().value());
      select.setLong(2, from.sequence());
      select.setLong(3, from.sequence() - limit);
      return texts(select);
    }
  }

  /// Notes that so many are done, or that all are.
  static int step(Connection connection, Entry from, int limit) throws SQLException {
    String sql =
        from.sequence() > limit
            ? "update search_backlog set next_sequence = next_sequence - "
                + limit
                + " where conversation_id = ? and next_sequence = ?"
            : "delete from search_backlog where conversation_id = ? and next_sequence = ?";
    try (PreparedStatement change = connection.prepareStatement(sql)) {
      change.setObject(1, from.conversation().value());
      change.setLong(2, from.sequence());
      return change.executeUpdate();
    }
  }
}
