// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tern.conversation.MemberChange.Refusal;
import tern.conversation.rules.RulesChange;
import tern.id.ConversationId;
import tern.id.UserId;

/// Changes what a group is called, how it looks, what the app keeps with it and who may do what in
/// it; one revision a change, in the caller's transaction. Run by the conversation's own lane of
/// the intake.
public final class GroupSettings {
  private GroupSettings() {}

  /// Changes as `actor`.
  ///
  /// @param node this node's number, for the intake row
  public static SettingsChange.Result change(
      Connection connection, int node, ConversationId id, UserId actor, SettingsChange wanted)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement(
            "select * from update_conversation_v2("
                + "?, ?, ?, ?, ?, ?, ?::smallint, ?::smallint, ?::smallint, ?::smallint, "
                + "?::smallint, ?::smallint, ?, ?)")) {
      call.setInt(1, node);
      call.setObject(2, id.value());
      call.setString(3, actor.value());
      call.setString(4, wanted.name().orElse(null));
      call.setString(5, wanted.imageUrl().orElse(null));
      call.setArray(6, metadata(connection, wanted));
      RulesChange rules = wanted.rules();
      setNumber(call, 7, rules.toPost().map(Role::number));
      setNumber(call, 8, rules.toAdd().map(Role::number));
      setNumber(call, 9, rules.toChange().map(Role::number));
      setNumber(call, 10, rules.toPin().map(Role::number));
      setNumber(call, 11, rules.toRemove().map(Role::number));
      setNumber(call, 12, rules.toDelete().map(Role::number));
      call.setObject(13, rules.frozen().orElse(null), Types.BOOLEAN);
      setNumber(call, 14, rules.slowMode().map(it -> (int) it.toSeconds()));
      return result(connection, id, call);
    }
  }

  /// Lets the group be joined by its key, or no longer, as `actor`.
  ///
  /// @param node this node's number, for the intake row
  public static SettingsChange.Result setJoinable(
      Connection connection, int node, ConversationId id, UserId actor, boolean joinable)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select * from set_joinable_v1(?, ?, ?, ?)")) {
      call.setInt(1, node);
      call.setObject(2, id.value());
      call.setString(3, actor.value());
      call.setBoolean(4, joinable);
      return result(connection, id, call);
    }
  }

  /// Lets those who watch an OPEN conversation post, or no longer, as `actor`.
  ///
  /// @param node this node's number, for the intake row
  public static SettingsChange.Result setWatchersPost(
      Connection connection, int node, ConversationId id, UserId actor, boolean post)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select * from set_watchers_post_v1(?, ?, ?, ?)")) {
      call.setInt(1, node);
      call.setObject(2, id.value());
      call.setString(3, actor.value());
      call.setBoolean(4, post);
      return result(connection, id, call);
    }
  }

  private static SettingsChange.Result result(
      Connection connection, ConversationId id, PreparedStatement call) throws SQLException {
    try (ResultSet row = call.executeQuery()) {
      row.next();
      return switch (row.getInt("status")) {
        case 0 -> changed(row, read(connection, id).orElseThrow());
        case 1 -> new SettingsChange.Result.Refused(Refusal.NOT_FOUND);
        case 2 -> new SettingsChange.Result.Refused(Refusal.FORBIDDEN);
        default -> new SettingsChange.Result.Unchanged(read(connection, id).orElseThrow());
      };
    }
  }

  private static void setNumber(PreparedStatement call, int index, Optional<Integer> number)
      throws SQLException {
    call.setObject(index, number.orElse(null), Types.INTEGER);
  }

  private static SettingsChange.Result changed(ResultSet row, Conversation now)
      throws SQLException {
    return new SettingsChange.Result.Changed(
        row.getLong("group_no"),
        row.getLong("rev"),
        row.getLong("mrev"),
        row.getLong("last_seq"),
        row.getBoolean("renamed"),
        row.getBoolean("image_changed"),
        now);
  }

  // In the order of its keys, so that the same metadata is the same array.
  private static @Nullable Array metadata(Connection connection, SettingsChange wanted)
      throws SQLException {
    if (wanted.metadata().isEmpty()) {
      return null;
    }
    Object[] entries =
        new TreeMap<>(wanted.metadata().get())
            .entrySet().stream()
                .flatMap(it -> java.util.stream.Stream.of(it.getKey(), it.getValue()))
                .toArray();
    return connection.createArrayOf("text", entries);
  }

  /// Reads a conversation's settings; for those who know that it may be read.
  public static Optional<Conversation> read(Connection connection, ConversationId id)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select " + Conversation.COLUMNS + " from conversation c where c.id = ?")) {
      select.setObject(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(Conversation.read(row)) : Optional.empty();
      }
    }
  }
}
