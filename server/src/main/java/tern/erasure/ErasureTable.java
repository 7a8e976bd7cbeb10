// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.erasure;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import tern.conversation.Membership;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.Committed;
import tern.message.intake.ConversationWork;

/// The steps of an erasure; see V015. Each may be done again.
final class ErasureTable {
  private ErasureTable() {}

  /// An erasure that has not ended.
  record Open(UUID id, UserId user, UserId pseudonym) {}

  /// Something that may name the user.
  ///
  /// @param edit of which this is the earlier version; empty for the message itself
  /// @param isOwn whether the user sent or deleted the message
  record Met(
      ConversationId conversation,
      long sequence,
      OptionalLong edit,
      boolean isOwn,
      ByteString body) {}

  /// What a step of the walk has met, and where it ended.
  ///
  /// @param through empty when there are no more messages
  record Walk(List<Met> met, Optional<Stop> through) {}

  /// A message up to which all have been looked at.
  record Stop(UUID conversation, long sequence) {}

  /// Erasures that have not ended, the oldest first; they have begun now.
  static List<Open> open(Connection connection, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with open as (
              select id, user_id, pseudonym, requested_at from erasure where user_id is not null
              order by requested_at limit ?),
            begun as (
              update erasure e set begun_at = clock_timestamp()
              from open where e.id = open.id and e.begun_at is null)
            select id, user_id, pseudonym from open order by requested_at
            """)) {
      select.setInt(1, limit);
      List<Open> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(
              new Open(
                  row.getObject(1, UUID.class),
                  new UserId(row.getString(2)),
                  new UserId(row.getString(3))));
        }
      }
      return found;
    }
  }

  /// A conversation of which the user is, or was, a member.
  static Optional<ConversationId> conversation(Connection connection, Open erasure)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select conversation_id from member where user_id = ? limit 1")) {
      select.setString(1, erasure.user().value());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new ConversationId(row.getObject(1, UUID.class)))
            : Optional.empty();
      }
    }
  }

  /// Erases some of the user's messages in a conversation; returns how many.
  static int messages(Connection connection, Open erasure, ConversationId id, int most)
      throws SQLException {
    return count(connection, "select erase_messages_v1(?, ?, ?)", erasure, id, most);
  }

  /// Takes back some of the user's reactions in a conversation; returns how many.
  static int reactions(Connection connection, Open erasure, ConversationId id, int most)
      throws SQLException {
    return count(connection, "select erase_reactions_v1(?, ?, ?)", erasure, id, most);
  }

  private static int count(
      Connection connection, String sql, Open erasure, ConversationId id, int most)
      throws SQLException {
    try (PreparedStatement call = connection.prepareStatement(sql)) {
      call.setObject(1, erasure.id());
      call.setObject(2, id.value());
      call.setInt(3, most);
      try (ResultSet row = call.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /// Ends the user's membership for good.
  static ConversationWork.Outcome<Boolean> forget(
      Connection connection, int node, Open erasure, ConversationId id) throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select * from forget_membership_v1(?, ?, ?)")) {
      call.setInt(1, node);
      call.setObject(2, erasure.id());
      call.setObject(3, id.value());
      try (ResultSet row = call.executeQuery()) {
        if (!row.next()) {
          return new ConversationWork.Outcome<>(false, List.of());
        }
        long revision = row.getLong("rev");
        Committed.Change change =
            new Committed.MembersChanged(
                id,
                revision,
                row.getLong("last_seq"),
                Membership.changedAt(connection, id, revision));
        OptionalLong groupNo = OptionalLong.of(row.getLong("group_no"));
        return new ConversationWork.Outcome<>(
            true, List.of(new Committed(groupNo, List.of(change))));
      }
    }
  }

  /// The next messages of all there are.
  static Walk walk(Connection connection, Open erasure, int most) throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select * from walk_messages_v1(?, ?)")) {
      call.setObject(1, erasure.id());
      call.setInt(2, most);
      try (ResultSet row = call.executeQuery()) {
        return walk(row);
      }
    }
  }

  private static Walk walk(ResultSet row) throws SQLException {
    List<Met> met = new ArrayList<>();
    Optional<Stop> through = Optional.empty();
    while (row.next()) {
      if (row.getObject("conv") != null) {
        met.add(met(row));
      } else if (row.getObject("last_conv") != null) {
        through =
            Optional.of(new Stop(row.getObject("last_conv", UUID.class), row.getLong("last_seq")));
      }
    }
    return new Walk(met, through);
  }

  private static Met met(ResultSet row) throws SQLException {
    long edit = row.getLong("edit");
    boolean isItself = row.wasNull();
    return new Met(
        new ConversationId(row.getObject("conv", UUID.class)),
        row.getLong("seq"),
        isItself ? OptionalLong.empty() : OptionalLong.of(edit),
        row.getBoolean("own"),
        ByteString.copyFrom(row.getBytes("body")));
  }

  /// Notes how far the walk has come, and how many of those that it met were changed.
  static int walked(Connection connection, Open erasure, Stop stop, long changed)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update erasure set walk_conversation = ?, walk_sequence = ?, walk_found = walk_found + ?
            where id = ?
            """)) {
      update.setObject(1, stop.conversation());
      update.setLong(2, stop.sequence());
      update.setLong(3, changed);
      update.setObject(4, erasure.id());
      return update.executeUpdate();
    }
  }

  /// At the walk's end: begins another one if this one has found something; returns whether.
  static boolean walkAgain(Connection connection, Open erasure) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update erasure set walk_conversation = null, walk_sequence = 0, walk_found = 0
            where id = ? and walk_found > 0
            """)) {
      update.setObject(1, erasure.id());
      return update.executeUpdate() == 1;
    }
  }

  /// Replaces a body that names the user.
  static boolean redact(Connection connection, Open erasure, Met met, ByteString redacted)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select redact_v1(?, ?, ?, ?, ?, ?)")) {
      call.setObject(1, erasure.id());
      call.setObject(2, met.conversation().value());
      call.setLong(3, met.sequence());
      call.setObject(4, met.edit().isPresent() ? met.edit().getAsLong() : null, Types.BIGINT);
      call.setBytes(5, met.body().toByteArray());
      call.setBytes(6, redacted.toByteArray());
      return call.execute();
    }
  }

  /// Copies of messages in reports, by number, that may name the user.
  static List<Copy> copies(Connection connection, Open erasure) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select no, snapshot from report"
                + " where position(convert_to(?, 'UTF8') in snapshot) > 0")) {
      select.setString(1, erasure.user().value());
      List<Copy> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(new Copy(row.getLong(1), ByteString.copyFrom(row.getBytes(2))));
        }
      }
      return found;
    }
  }

  /// A message as it was reported.
  record Copy(long report, ByteString body) {}

  /// Replaces a reported message's copy.
  static int replace(Connection connection, Copy copy) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update report set snapshot = ? where no = ?")) {
      update.setBytes(1, copy.body().toByteArray());
      update.setLong(2, copy.report());
      return update.executeUpdate();
    }
  }

  /// Erases what is kept of the user outside conversations.
  static boolean person(Connection connection, Open erasure) throws SQLException {
    try (PreparedStatement call = connection.prepareStatement("select erase_person_v3(?)")) {
      call.setObject(1, erasure.id());
      return call.execute();
    }
  }

  /// Ends the erasure if nothing is left; returns whether it has ended.
  static boolean end(Connection connection, Open erasure) throws SQLException {
    try (PreparedStatement call = connection.prepareStatement("select end_erasure_v1(?)")) {
      call.setObject(1, erasure.id());
      try (ResultSet row = call.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
