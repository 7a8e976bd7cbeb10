// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import com.google.protobuf.InvalidProtocolBufferException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tern.loadtest.history.Fate;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Past;
import tern.loadtest.history.People;
import tern.loadtest.history.Personal;
import tern.loadtest.history.Press;
import tern.loadtest.history.Rules;
import tern.loadtest.history.Stored;
import tern.v1.Message;

/// The server's database by SQL of our own: what it truly holds, and what PostgreSQL says of
/// itself.
record StoreAccess(Door door) {
  private static final String CONVERSATIONS =
      """
      select id, last_sequence, revision, kind = 1,
        case when deleted_at is not null then membership_revision else 0 end
      from conversation
      """;

  /// Opens a connection; PostgreSQL's address may change when it starts anew.
  interface Door {
    Connection open() throws SQLException;
  }

  Connection connect() throws SQLException {
    return door.open();
  }

  /// Lets the store note each change from now on; see [StoreNotes].
  void noteChanges() throws SQLException {
    try (Connection connection = connect()) {
      new StoreNotes(connection).begin();
    }
  }

  /// Takes away what [#noteChanges] has made.
  void forgetChanges() throws SQLException {
    try (Connection connection = connect()) {
      new StoreNotes(connection).forget();
    }
  }

  /// The newest revision of each conversation.
  Map<String, Long> heads() throws SQLException {
    try (Connection connection = connect();
        ResultSet row =
            connection.createStatement().executeQuery("select id, revision from conversation")) {
      Map<String, Long> heads = new HashMap<>();
      while (row.next()) {
        heads.put(row.getString(1), row.getLong(2));
      }
      return heads;
    }
  }

  /// Everything, read in one snapshot.
  ///
  /// @param startMs when the run began, in milliseconds since 1970
  List<Stored> read(long startMs) throws SQLException {
    try (Connection connection = connect()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      Map<String, List<Item>> messages = messages(connection);
      Map<String, List<Stored.StoredMember>> members = members(connection);
      StoreNotes notes = new StoreNotes(connection);
      Map<String, List<MemberSeen>> memberships = notes.memberships();
      Map<String, Past> pasts = notes.pasts();
      Map<String, Personal> personal = new PersonalNotes(connection, startMs).all();
      Map<String, List<Press>> presses = notes.presses();
      Map<String, Rules> rules = new RuleNotes(connection, startMs).all();
      List<Stored> stored = new ArrayList<>();
      try (ResultSet row = connection.createStatement().executeQuery(CONVERSATIONS)) {
        while (row.next()) {
          String id = row.getString(1);
          stored.add(
              new Stored(
                  id,
                  row.getBoolean(4),
                  row.getLong(5),
                  row.getLong(2),
                  row.getLong(3),
                  messages.getOrDefault(id, List.of()),
                  members.getOrDefault(id, List.of()),
                  memberships.getOrDefault(id, List.of()),
                  pasts.getOrDefault(id, Past.NONE),
                  rules.getOrDefault(id, Rules.NONE),
                  personal.getOrDefault(id, Personal.NONE),
                  presses.getOrDefault(id, List.of())));
        }
      }
      return stored;
    }
  }

  /// What users said of each other and of themselves.
  ///
  /// @param startMs when the run began, in milliseconds since 1970
  People people(long startMs) throws SQLException {
    try (Connection connection = connect()) {
      return new PeopleNotes(connection, startMs).all();
    }
  }

  private static Map<String, List<Item>> messages(Connection connection) throws SQLException {
    Map<String, Map<Long, List<Fate.Reactors>>> reactions = reactions(connection);
    Map<String, List<Item>> messages = new HashMap<>();
    try (ResultSet row =
        connection
            .createStatement()
            .executeQuery(
                "select "
                    + StoreNotes.MESSAGE_COLUMNS
                    + " from message order by conversation_id, sequence")) {
      while (row.next()) {
        String conversation = row.getString(1);
        Item item = item(row);
        List<Fate.Reactors> reactors =
            reactions.getOrDefault(conversation, Map.of()).getOrDefault(item.sequence(), List.of());
        messages
            .computeIfAbsent(conversation, _ -> new ArrayList<>())
            .add(item.with(item.fate().withReactions(reactors, List.of())));
      }
    }
    return messages;
  }

  private static Map<String, Map<Long, List<Fate.Reactors>>> reactions(Connection connection)
      throws SQLException {
    Map<String, Map<Long, List<Fate.Reactors>>> reactions = new HashMap<>();
    try (ResultSet row =
        connection
            .createStatement()
            .executeQuery(
                """
                select conversation_id, sequence, reaction, count, first_users
                from reaction_count order by first_revision
                """)) {
      while (row.next()) {
        reactions
            .computeIfAbsent(row.getString(1), _ -> new HashMap<>())
            .computeIfAbsent(row.getLong(2), _ -> new ArrayList<>())
            .add(
                new Fate.Reactors(
                    row.getString(3),
                    row.getInt(4),
                    List.of((String[]) row.getArray(5).getArray())));
      }
    }
    return reactions;
  }

  /// A message without its reactions, from [StoreNotes#MESSAGE_COLUMNS].
  static Item item(ResultSet row) throws SQLException {
    try {
      Message body = Message.parseFrom(row.getBytes(6));
      return new Item(
          row.getLong(2),
          row.getLong(3),
          row.getString(4),
          row.getString(5),
          Records.text(body),
          body.getCountable(),
          Records.headers(body),
          new Fate(
              row.getLong(7),
              row.getLong(8),
              Objects.requireNonNullElse(row.getString(9), ""),
              row.getLong(10),
              List.of(),
              List.of()));
    } catch (InvalidProtocolBufferException e) {
      throw new SQLException("a stored message does not decode", e);
    }
  }

  /// A membership, from [StoreNotes#MEMBER_COLUMNS].
  static MemberSeen member(ResultSet row) throws SQLException {
    return new MemberSeen(
        row.getString(2),
        row.getInt(3),
        row.getLong(4),
        row.getBoolean(5),
        row.getLong(6),
        row.getLong(7));
  }

  private static Map<String, List<Stored.StoredMember>> members(Connection connection)
      throws SQLException {
    Map<String, List<Stored.StoredMember>> members = new HashMap<>();
    try (ResultSet row =
        connection
            .createStatement()
            .executeQuery(
                "select "
                    + StoreNotes.MEMBER_COLUMNS
                    + ", joined_revision, delivered_sequence, read_sequence from member")) {
      while (row.next()) {
        members
            .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
            .add(
                new Stored.StoredMember(
                    member(row), row.getLong(8), row.getLong(9), row.getLong(10)));
      }
    }
    return members;
  }
}
