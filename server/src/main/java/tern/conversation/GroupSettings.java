// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tern.conversation.MemberChange.Refusal;
import tern.conversation.rules.RulesChange;
import tern.conversation.rules.WatchRules;
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
      setAll(connection, call, 5, wanted);
      return result(connection, id, call);
    }
  }

  /// Gives a conversation what it is founded with, all but its name, in the transaction that
  /// inserts it: no revision of its own.
  static void found(Connection connection, ConversationId id, SettingsChange settings)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update conversation set image_url = coalesce(?, image_url),
              metadata = coalesce(?, metadata), post_role = coalesce(?, post_role),
              add_role = coalesce(?, add_role), settings_role = coalesce(?, settings_role),
              pin_role = coalesce(?, pin_role), remove_role = coalesce(?, remove_role),
              delete_role = coalesce(?, delete_role), frozen = coalesce(?, frozen),
              slow_mode_seconds = coalesce(?, slow_mode_seconds),
              joinable_by_key = coalesce(?, joinable_by_key)
            where id = ?
            """)) {
      setAll(connection, update, 1, settings);
      update.setObject(11, settings.joinable().orElse(null), Types.BOOLEAN);
      update.setObject(12, id.value());
      update.executeUpdate();
    }
  }

  /// Says who may watch a new OPEN conversation, in the transaction that inserts it.
  static void foundWatching(Connection connection, ConversationId id, WatchRules rules)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update conversation set watch_access = ?, watch_grant = ?, watchers_post = ?"
                + " where id = ?")) {
      update.setInt(1, rules.access().number());
      update.setString(2, rules.grant());
      update.setBoolean(3, rules.watchersPost());
      update.setObject(4, id.value());
      update.executeUpdate();
    }
  }

  /// Gives a new conversation the time when it was made elsewhere, in the transaction that inserts
  /// it. Throws `IllegalArgumentException` for one to come.
  static void foundAt(Connection connection, ConversationId id, Instant at) throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select import_conversation_v1(?, ?)")) {
      call.setObject(1, id.value());
      call.setTimestamp(2, Timestamp.from(at));
      try (ResultSet row = call.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          throw new IllegalArgumentException(
              "createdAtMs: in the future (expected: a time that has passed)");
        }
      }
    }
  }

  // From `first` on: image, metadata, and the rules in their order.
  private static void setAll(
      Connection connection, PreparedStatement call, int first, SettingsChange wanted)
      throws SQLException {
    call.setString(first, wanted.imageUrl().orElse(null));
    call.setArray(first + 1, metadata(connection, wanted));
    RulesChange rules = wanted.rules();
    setNumber(call, first + 2, rules.toPost().map(Role::number));
    setNumber(call, first + 3, rules.toAdd().map(Role::number));
    setNumber(call, first + 4, rules.toChange().map(Role::number));
    setNumber(call, first + 5, rules.toPin().map(Role::number));
    setNumber(call, first + 6, rules.toRemove().map(Role::number));
    setNumber(call, first + 7, rules.toDelete().map(Role::number));
    call.setObject(first + 8, rules.frozen().orElse(null), Types.BOOLEAN);
    setNumber(call, first + 9, rules.slowMode().map(it -> (int) it.toSeconds()));
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
        case 4 -> new SettingsChange.Result.Refused(Refusal.OF_TWO);
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
