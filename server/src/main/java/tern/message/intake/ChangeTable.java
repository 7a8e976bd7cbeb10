// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tern.message.MessageChange;
import tern.message.MessageChange.Edit;
import tern.message.MessageChange.React;
import tern.message.StoredMessage;

/// The statement that changes a group of messages of many conversations in one round trip.
final class ChangeTable {
  private ChangeTable() {}

  /// What the statement says of one change.
  ///
  /// @param revision that it took; of a repeated edit the first one's; 0 when nothing changed
  /// @param lastSequence the conversation's highest sequence then
  /// @param count of a reaction: how many there are of its kind now
  /// @param groupNo the transaction's intake row; 0 when it changed nothing
  /// @param message as it stands now, with the actor's own reactions; empty where it was refused
  record Row(
      Status status,
      long revision,
      long membershipRevision,
      long lastSequence,
      int count,
      long groupNo,
      Optional<StoredMessage> message) {}

  /// The first column; the order is that of change_messages_v4.
  enum Status {
    CHANGED,
    UNCHANGED,
    NOT_FOUND,
    OTHER_CONTENT,
    HELD,
    TOO_LARGE,
    FORBIDDEN,
    TOO_LATE,
    DELETED,
    LIMIT_REACHED
  }

  /// Changes what can be changed, and says of each change, in order, what became of it. One
  /// transaction: the connection is in autocommit mode.
  ///
  /// @param mayWait whether to wait for conversations that another transaction holds
  static List<Row> store(
      Connection connection,
      int node,
      Duration editWindow,
      boolean mayWait,
      List<LaneWork.ChangeMessage> works)
      throws SQLException {
    List<MessageChange> changes = works.stream().map(LaneWork.ChangeMessage::change).toList();
    List<Row> rows = new ArrayList<>(works.size());
    try (PreparedStatement call =
        connection.prepareStatement(
            "select * from change_messages_v4("
                + "?, ?, make_interval(secs => ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      call.setInt(1, node);
      call.setBoolean(2, mayWait);
      call.setDouble(3, editWindow.toMillis() / 1_000.0);
      Columns columns = new Columns(connection, changes);
      call.setArray(4, columns.of("uuid", it -> it.target().conversation().value()));
      call.setArray(5, columns.of("text", it -> it.target().actor().value()));
      call.setArray(6, columns.of("smallint", ChangeTable::operation));
      call.setArray(7, columns.of("bigint", it -> it.target().sequence()));
      call.setArray(8, columns.of("boolean", ChangeTable::on));
      call.setArray(9, columns.of("text", it -> it instanceof React react ? react.reaction() : ""));
      call.setArray(10, columns.ofEdits("uuid", Edit::editId));
      call.setArray(11, columns.ofEdits("bigint", Edit::contentHash));
      call.setArray(12, columns.ofEdits("boolean", Edit::fits));
      call.setArray(13, connection.createArrayOf("bytea", bodies(changes)));
      call.setArray(14, columns.of("text", it -> String.join(" ", it.target().grants())));
      try (ResultSet row = call.executeQuery()) {
        while (row.next()) {
          rows.add(row(row));
        }
      }
    }
    return rows;
  }

  private static Row row(ResultSet row) throws SQLException {
    Status status = Status.values()[row.getInt("status")];
    return new Row(
        status,
        row.getLong("rev"),
        row.getLong("mrev"),
        row.getLong("last_seq"),
        row.getInt("count"),
        row.getLong("group_no"),
        isDone(status) ? Optional.of(message(row)) : Optional.empty());
  }

  private static boolean isDone(Status status) {
    return status == Status.CHANGED || status == Status.UNCHANGED;
  }

  private static int operation(MessageChange change) {
    return switch (change) {
      case Edit _ -> 1;
      case MessageChange.Delete _ -> 2;
      case React _ -> 3;
      case MessageChange.Pin _ -> 4;
    };
  }

  private static boolean on(MessageChange change) {
    return switch (change) {
      case React react -> react.on();
      case MessageChange.Pin pin -> pin.on();
      case Edit _, MessageChange.Delete _ -> true;
    };
  }

  private static byte[][] bodies(List<MessageChange> changes) {
    return changes.stream()
        .map(it -> it instanceof Edit edit ? edit.body().toByteArray() : new byte[0])
        .toArray(byte[][]::new);
  }

  // One array a parameter, an entry a change.
  private record Columns(Connection connection, List<MessageChange> changes) {
    Array of(String type, Function<MessageChange, Object> part) throws SQLException {
      return connection.createArrayOf(type, changes.stream().map(part).toArray());
    }

    Array ofEdits(String type, Function<Edit, Object> part) throws SQLException {
      @Nullable Object[] values = new @Nullable Object[changes.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = changes.get(i) instanceof Edit edit ? part.apply(edit) : null;
      }
      return connection.createArrayOf(type, values);
    }
  }

  private static StoredMessage message(ResultSet row) throws SQLException {
    @Nullable Array own = row.getArray("own");
    StoredMessage message = StoredMessage.read(row);
    return own == null ? message : message.withOwnReactions(List.of((String[]) own.getArray()));
  }
}
