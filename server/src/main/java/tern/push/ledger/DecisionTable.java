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
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;

/// What became of messages on devices, in the store; see V023, `push_decision`.
public final class DecisionTable {
  private DecisionTable() {}

  /// Keeps these: each makes a range that says the same longer, or begins one.
  public static void keep(Connection connection, Collection<Decided> decisions)
      throws SQLException {
    if (decisions.isEmpty()) {
      return;
    }
    try (PreparedStatement call =
        connection.prepareStatement("select keep_decisions_v2(?, ?, ?, ?, ?, ?, ?, ?)")) {
      call.setArray(1, array(connection, "text", decisions, it -> it.place().user().value()));
      call.setArray(2, array(connection, "text", decisions, it -> it.place().device().value()));
      call.setArray(
          3, array(connection, "uuid", decisions, it -> it.place().conversation().value()));
      call.setArray(4, array(connection, "bigint", decisions, it -> it.range().first()));
      call.setArray(5, array(connection, "bigint", decisions, it -> it.range().last()));
      call.setArray(6, array(connection, "smallint", decisions, Decided::outcome));
      call.setArray(7, array(connection, "text", decisions, Decided::reason));
      call.setArray(8, array(connection, "boolean", decisions, Decided::isFirst));
      call.execute();
    }
  }

  /// Of these places those where a banner is, as far as is known.
  public static Set<PushPlace> bannersAt(Connection connection, Collection<PushPlace> places)
      throws SQLException {
    Set<PushPlace> shown = new HashSet<>();
    if (places.isEmpty()) {
      return shown;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select usr, dev, conv from unnest(?::text[], ?::text[], ?::uuid[]) q(usr, dev, conv)
            where exists (select from push_decision r where r.user_id = usr
              and r.conversation_id = conv and r.device_id = dev and r.outcome = 20
              and r.cleared_at is null)
            """)) {
      select.setArray(1, array(connection, "text", places, it -> it.user().value()));
      select.setArray(2, array(connection, "text", places, it -> it.device().value()));
      select.setArray(3, array(connection, "uuid", places, it -> it.conversation().value()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          shown.add(
              new PushPlace(
                  new UserId(row.getString(1)),
                  new DeviceId(row.getString(2)),
                  new ConversationId(row.getObject(3, UUID.class))));
        }
      }
      return shown;
    }
  }

  /// Sees to it that the banners of conversations that these users have read to the end of them are
  /// taken away; returns how many.
  ///
  /// @param timeToLive for how long it is of use to take them away
  public static int clear(
      Connection connection,
      int node,
      Collection<Map.Entry<UserId, ConversationId>> read,
      Instant now,
      Duration timeToLive)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select clear_banners_v2(?, ?, ?, ?, ?)")) {
      call.setInt(1, node);
      call.setArray(2, array(connection, "text", read, it -> it.getKey().value()));
      call.setArray(3, array(connection, "uuid", read, it -> it.getValue().value()));
      call.setObject(4, now.atOffset(ZoneOffset.UTC));
      call.setObject(5, now.plus(timeToLive).atOffset(ZoneOffset.UTC));
      return count(call);
    }
  }

  /// Like [#clear], for what was read while nobody was there to see to it.
  public static int clearForgotten(
      Connection connection, int node, Instant now, Duration timeToLive) throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("select clear_forgotten_v2(?, ?, ?)")) {
      call.setInt(1, node);
      call.setObject(2, now.atOffset(ZoneOffset.UTC));
      call.setObject(3, now.plus(timeToLive).atOffset(ZoneOffset.UTC));
      return count(call);
    }
  }

  private static int count(PreparedStatement call) throws SQLException {
    try (ResultSet row = call.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
