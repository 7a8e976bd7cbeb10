// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.settling;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tern.push.Ledger;
import tern.push.ledger.WaitingPush;

/// How much waits in this node's push queue, looked at now and then, for whoever watches it. Where
/// it is long, its length is PostgreSQL's estimate: counting would cost more than it tells.
public final class Backlog {
  private static final int COUNTED = 10_000;

  private final Ledger ledger;
  private volatile Size size = new Size(Map.of(), Duration.ZERO);

  /// What waits.
  ///
  /// @param pushes by kind; a kind of which none waits is missing
  /// @param overdue for how long the oldest could have been looked at; zero: none is late
  private record Size(Map<WaitingPush.Kind, Long> pushes, Duration overdue) {}

  /// Of this node's queue.
  public Backlog(Ledger ledger) {
    this.ledger = ledger;
  }

  /// Looks again. Blocks.
  public void look() {
    size =
        ledger.run(connection -> new Size(pushes(connection), overdue(connection, ledger.now())));
  }

  /// How many of a kind waited at the last look.
  public long waiting(WaitingPush.Kind kind) {
    return size.pushes().getOrDefault(kind, 0L);
  }

  /// For how long the oldest that was due then had been so.
  public Duration overdue() {
    return size.overdue();
  }

  private Map<WaitingPush.Kind, Long> pushes(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select kind, count(*), sum(count(*)) over (),
              (select reltuples from pg_class where oid = 'push_queue'::regclass)
            from (select kind from push_queue where node = ? limit ?) s group by kind
            """)) {
      select.setInt(1, ledger.node());
      select.setInt(2, COUNTED);
      Map<WaitingPush.Kind, Long> pushes = new EnumMap<>(WaitingPush.Kind.class);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          double seen = row.getDouble(3);
          double all = seen < COUNTED ? seen : Math.max(seen, row.getDouble(4));
          pushes.put(WaitingPush.Kind.of(row.getInt(1)), Math.round(row.getLong(2) * all / seen));
        }
      }
      return pushes;
    }
  }

  private Duration overdue(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select min(due_at) from push_queue where node = ?")) {
      select.setInt(1, ledger.node());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        @Nullable Timestamp oldest = row.getTimestamp(1);
        return oldest == null || oldest.toInstant().isAfter(now)
            ? Duration.ZERO
            : Duration.between(oldest.toInstant(), now);
      }
    }
  }
}
