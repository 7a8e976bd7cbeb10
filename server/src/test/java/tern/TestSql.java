// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tern.v1.Content;
import tern.v1.Message;
import tern.v1.Text;

/// A look into a node's database from outside, and a hand in it: one connection of its own.
public final class TestSql implements AutoCloseable {
  private final Connection connection;

  private TestSql(Connection connection) {
    this.connection = connection;
  }

  /// Looks into the database of this node.
  public static TestSql of(TestNode node) {
    try {
      return new TestSql(
          DriverManager.getConnection(
              node.database().url(), node.database().user(), node.database().password()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a statement is asked to do with a connection.
  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private <T> T with(String sql, Object[] values, Work<T> work) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return work.on(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Runs a statement.
  public void run(String sql, Object... values) {
    with(sql, values, PreparedStatement::execute);
  }

  /// Asks for one text.
  public String text(String sql, Object... values) {
    return with(
        sql,
        values,
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
          }
        });
  }

  /// Asks for one number.
  public long number(String sql, Object... values) {
    return numbers(sql, values).getFirst();
  }

  /// Asks for the numbers in the first column.
  public List<Long> numbers(String sql, Object... values) {
    return with(
        sql,
        values,
        statement -> {
          List<Long> found = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              found.add(row.getLong(1));
            }
          }
          return found;
        });
  }

  /// Begins a transaction that stays open until [#commit] or [#rollback].
  public TestSql begin() {
    run("begin");
    return this;
  }

  /// Ends the transaction and keeps it.
  public void commit() {
    run("commit");
  }

  /// Ends the transaction and undoes it.
  public void rollback() {
    run("rollback");
  }

  /// Holds the conversation's row, as another node's transaction would.
  public void lock(String conversation) {
    number(
        "select count(*) from (select id from conversation where id = ? for no key update) l",
        UUID.fromString(conversation));
  }

  /// Stores a text as a node would that dies before it announces anything; returns the revision.
  public long store(String conversation, String sender, String text) {
    return number(
        """
        select rev from store_messages_v3(1, true, array[?::uuid], array[?::text], array[?::uuid],
          array[?::bigint], array[true], array[true], null, array[''], array[?::bytea])
        """,
        conversation,
        sender,
        UUID.randomUUID(),
        (long) text.hashCode(),
        body(text));
  }

  /// Removes a member from a group as a node would that dies before it announces it.
  public void remove(String conversation, String owner, String member) {
    run(
        "select * from change_members_v1(1, ?::uuid, ?, array[]::text[], array[?::text], 10)",
        conversation,
        owner,
        member);
  }

  /// Up to where a member has received.
  public long delivered(String conversation, String user) {
    return number(
        "select delivered_sequence from member where conversation_id = ?::uuid and user_id = ?",
        conversation,
        user);
  }

  /// Up to where a member has read.
  public long read(String conversation, String user) {
    return number(
        "select read_sequence from member where conversation_id = ?::uuid and user_id = ?",
        conversation,
        user);
  }

  /// The encoded body of a text.
  public static byte[] body(String text) {
    return Message.newBuilder()
        .setContent(Content.newBuilder().setText(Text.newBuilder().setText(text)))
        .setCountable(true)
        .build()
        .toByteArray();
  }

  /// The SQL of a text's bytes as they stand in a stored body.
  public static String hex(String text) {
    return "'\\x"
        + java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))
        + "'::bytea";
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
