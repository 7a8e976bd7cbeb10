// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import static tern.push.ledger.TargetTable.array;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;

/// Pushes that wait, in the store; see V023, `push_queue`. Times are told and asked for by this
/// node's clock.
public final class QueueTable {
  private QueueTable() {}

  /// Keeps these; one that waits at the place already reaches further from then on, and is looked
  /// at when the earlier of the two is. What the device has acknowledged meanwhile needs none.
  public static void put(Connection connection, int node, Collection<WaitingPush> pushes)
      throws SQLException {
    if (pushes.isEmpty()) {
      return;
    }
    try (PreparedStatement call =
        connection.prepareStatement("select put_pushes_v1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      call.setInt(1, node);
      call.setArray(2, array(connection, "text", pushes, it -> it.place().user().value()));
      call.setArray(3, array(connection, "text", pushes, it -> it.place().device().value()));
      call.setArray(4, array(connection, "uuid", pushes, it -> it.place().conversation().value()));
      call.setArray(5, array(connection, "smallint", pushes, it -> it.kind().number()));
      call.setArray(6, array(connection, "bigint", pushes, it -> it.range().first()));
      call.setArray(7, array(connection, "bigint", pushes, it -> it.range().last()));
      call.setArray(8, array(connection, "timestamptz", pushes, it -> at(it.dueAt())));
      call.setArray(9, array(connection, "timestamptz", pushes, it -> at(it.expiresAt())));
      call.setArray(10, array(connection, "int", pushes, WaitingPush::attempts));
      call.execute();
    }
  }

  private static Object at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /// Whose pushes are taken.
  ///
  /// @param node which node's
  /// @param number of its users' the part with this number, from 0
  /// @param parts into how many its users are divided
  public record Share(int node, int number, int parts) {}

  /// Those that are due, the oldest first, at most so many, and whatever else has been held back
  /// for the same phones; nobody is given them again for `lease`. What has been held back for a
  /// phone is told at once: it is to be taken at once, and by one.
  public static List<WaitingPush> take(
      Connection connection, Share share, Instant now, Duration lease, int most)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update push_queue w set due_at = ?
            from (select user_id, conversation_id, device_id, kind from push_queue
              where node = ? and due_at <= ?
                and mod(hashtext(user_id)::bigint + 2147483648, ?) = ?
              order by due_at limit ? for update skip locked) t
            where w.user_id = t.user_id and w.conversation_id = t.conversation_id
              and w.device_id = t.device_id and w.kind = t.kind
            returning w.*
            """)) {
      update.setObject(1, at(now.plus(lease)));
      update.setInt(2, share.node());
      update.setObject(3, at(now));
      update.setInt(4, share.parts());
      update.setInt(5, share.number());
      update.setInt(6, most);
      List<WaitingPush> taken = read(update);
      if (taken.size() == most) {
        taken.addAll(takeHeld(connection, share.node(), now, lease, taken));
      }
      return taken;
    }
  }

  // What the limit has cut off.
  private static List<WaitingPush> takeHeld(
      Connection connection, int node, Instant now, Duration lease, List<WaitingPush> with)
      throws SQLException {
    List<PushPlace> held =
        with.stream()
            .filter(it -> it.kind() == WaitingPush.Kind.HELD)
            .map(WaitingPush::place)
            .toList();
    if (held.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update push_queue w set due_at = ?
            from (select distinct usr, dev from unnest(?::text[], ?::text[]) q(usr, dev)) q
            where w.user_id = q.usr and w.device_id = q.dev and w.kind = 2 and w.node = ?
              and w.due_at <= ?
            returning w.*
            """)) {
      update.setObject(1, at(now.plus(lease)));
      update.setArray(2, array(connection, "text", held, it -> it.user().value()));
      update.setArray(3, array(connection, "text", held, it -> it.device().value()));
      update.setInt(4, node);
      update.setObject(5, at(now));
      return read(update);
    }
  }

  private static List<WaitingPush> read(PreparedStatement taking) throws SQLException {
    List<WaitingPush> taken = new ArrayList<>();
    try (ResultSet row = taking.executeQuery()) {
      while (row.next()) {
        taken.add(read(row));
      }
    }
    return taken;
  }

  private static WaitingPush read(ResultSet row) throws SQLException {
    return new WaitingPush(
        new PushPlace(
            new UserId(row.getString("user_id")),
            new DeviceId(row.getString("device_id")),
            new ConversationId(row.getObject("conversation_id", UUID.class))),
        WaitingPush.Kind.of(row.getInt("kind")),
        new SequenceRange(row.getLong("first_sequence"), row.getLong("through_sequence")),
        row.getTimestamp("due_at").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        row.getInt("attempts"));
  }

  /// Puts off what was taken: looked at again at `dueAt`. What has grown meanwhile keeps that.
  public static void putOff(Connection connection, Collection<WaitingPush> pushes)
      throws SQLException {
    if (pushes.isEmpty()) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update push_queue w set due_at = q.due, attempts = greatest(w.attempts, q.attempts)
            from unnest(?::text[], ?::uuid[], ?::text[], ?::smallint[], ?::timestamptz[], ?::int[])
              q(usr, conv, dev, kind, due, attempts)
            where w.user_id = q.usr and w.conversation_id = q.conv and w.device_id = q.dev
              and w.kind = q.kind
            """)) {
      update.setArray(1, array(connection, "text", pushes, it -> it.place().user().value()));
      update.setArray(
          2, array(connection, "uuid", pushes, it -> it.place().conversation().value()));
      update.setArray(3, array(connection, "text", pushes, it -> it.place().device().value()));
      update.setArray(4, array(connection, "smallint", pushes, it -> it.kind().number()));
      update.setArray(5, array(connection, "timestamptz", pushes, it -> at(it.dueAt())));
      update.setArray(6, array(connection, "int", pushes, WaitingPush::attempts));
      update.executeUpdate();
    }
  }

  /// Takes these out, as far as they reached when they were taken: what has come since stays, and
  /// what began before.
  public static void remove(Connection connection, Instant now, Collection<WaitingPush> pushes)
      throws SQLException {
    if (pushes.isEmpty()) {
      return;
    }
    try (PreparedStatement call =
        connection.prepareStatement("select end_pushes_v2(?, ?, ?, ?, ?, ?, ?)")) {
      call.setObject(1, at(now));
      call.setArray(2, array(connection, "text", pushes, it -> it.place().user().value()));
      call.setArray(3, array(connection, "text", pushes, it -> it.place().device().value()));
      call.setArray(4, array(connection, "uuid", pushes, it -> it.place().conversation().value()));
      call.setArray(5, array(connection, "smallint", pushes, it -> it.kind().number()));
      call.setArray(6, array(connection, "bigint", pushes, it -> it.range().first()));
      call.setArray(7, array(connection, "bigint", pushes, it -> it.range().last()));
      call.execute();
    }
  }

  /// After a start: whatever was about to be sent, or waits for its time, is looked at again now;
  /// the decision is made anew. What is held stays so.
  public static int wake(Connection connection, int node, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update push_queue set due_at = ? where node = ? and kind <> 2 and due_at > ?")) {
      update.setObject(1, at(now));
      update.setInt(2, node);
      update.setObject(3, at(now));
      return update.executeUpdate();
    }
  }
}
