// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import com.google.protobuf.InvalidProtocolBufferException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Stored;
import tern.v1.Message;

/// The server's database by SQL of our own: what it truly holds, and what PostgreSQL says of
/// itself.
record StoreAccess(Door door) {
  /// Opens a connection; PostgreSQL's address may change when it starts anew.
  interface Door {
    Connection open() throws SQLException;
  }

  Connection connect() throws SQLException {
    return door.open();
  }

  /// Lets the store note each change of a membership from now on, in the change's own transaction:
  /// a change that no client was there to see would be told by nobody, once another follows.
  void noteMemberships() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create schema if not exists verify;
          create table if not exists verify.membership (
            conversation_id uuid, user_id text, role int, revision bigint, removed boolean,
            visible_from bigint
          );
          create or replace function verify.note() returns trigger language plpgsql as $$
          begin
            insert into verify.membership values (new.conversation_id, new.user_id, new.role,
              new.revision, new.removed, new.visible_from);
            return null;
          end $$;
          create or replace trigger verify_membership
          after insert or update of revision on member
          for each row execute function verify.note();
          """);
    }
  }

  /// Takes away what [#noteMemberships] has made.
  void forgetMemberships() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema if exists verify cascade");
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
  List<Stored> read() throws SQLException {
    try (Connection connection = connect()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      Map<String, List<Item>> messages = messages(connection);
      Map<String, List<Stored.StoredMember>> members = members(connection);
      Map<String, List<MemberSeen>> memberships = memberships(connection);
      List<Stored> stored = new ArrayList<>();
      try (ResultSet row =
          connection
              .createStatement()
              .executeQuery("select id, last_sequence, revision from conversation")) {
        while (row.next()) {
          String id = row.getString(1);
          stored.add(
              new Stored(
                  id,
                  row.getLong(2),
                  row.getLong(3),
                  messages.getOrDefault(id, List.of()),
                  members.getOrDefault(id, List.of()),
                  memberships.getOrDefault(id, List.of())));
        }
      }
      return stored;
    }
  }

  private static Map<String, List<Item>> messages(Connection connection) throws SQLException {
    Map<String, List<Item>> messages = new HashMap<>();
    try (ResultSet row =
        connection
            .createStatement()
            .executeQuery(
                """
                select conversation_id, sequence, revision, sender, client_message_id, body
                from message order by conversation_id, sequence
                """)) {
      while (row.next()) {
        Message body = Message.parseFrom(row.getBytes(6));
        messages
            .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
            .add(
                new Item(
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5),
                    Records.text(body.getContent()),
                    body.getCountable()));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new SQLException("a stored message does not decode", e);
    }
    return messages;
  }

  private static Map<String, List<MemberSeen>> memberships(Connection connection)
      throws SQLException {
    Map<String, List<MemberSeen>> memberships = new HashMap<>();
    try (ResultSet row =
        connection
            .createStatement()
            .executeQuery(
                """
                select conversation_id, user_id, role, revision, removed, visible_from
                from verify.membership
                """)) {
      while (row.next()) {
        memberships.computeIfAbsent(row.getString(1), _ -> new ArrayList<>()).add(member(row));
      }
    }
    return memberships;
  }

  private static MemberSeen member(ResultSet row) throws SQLException {
    return new MemberSeen(
        row.getString(2), row.getInt(3), row.getLong(4), row.getBoolean(5), row.getLong(6));
  }

  private static Map<String, List<Stored.StoredMember>> members(Connection connection)
      throws SQLException {
    Map<String, List<Stored.StoredMember>> members = new HashMap<>();
    try (ResultSet row =
        connection
            .createStatement()
            .executeQuery(
                """
                select conversation_id, user_id, role, revision, removed, visible_from,
                  joined_revision, delivered_sequence, read_sequence
                from member
                """)) {
      while (row.next()) {
        members
            .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
            .add(
                new Stored.StoredMember(
                    member(row), row.getLong(7), row.getLong(8), row.getLong(9)));
      }
    }
    return members;
  }
}
