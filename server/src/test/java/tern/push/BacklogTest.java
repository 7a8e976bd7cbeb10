// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.push.ledger.WaitingPush.Kind;
import tern.push.settling.Backlog;
import tern.store.Database;
import tern.store.TestPostgres;

/// What is told of the pushes that wait.
class BacklogTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final int MINE = 1;
  private static final int ANOTHERS = 2;

  @AutoClose private final Database database = new Database(TestPostgres.newMigratedDatabase());

  private final Backlog backlog =
      new Backlog(new Ledger(database, MINE, Clock.fixed(NOON, ZoneOffset.UTC)));

  private void put(int node, int kind, int count, Instant due) {
    database.transaction(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  """
                  insert into push_queue (user_id, device_id, conversation_id, kind, first_sequence,
                    through_sequence, due_at, expires_at, node)
                  select 'bob', 'phone', gen_random_uuid(), ?, 1, 1, ?, ?, ?
                  from generate_series(1, ?)
                  """)) {
            insert.setInt(1, kind);
            insert.setObject(2, due.atOffset(ZoneOffset.UTC));
            insert.setObject(3, due.plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC));
            insert.setInt(4, node);
            insert.setInt(5, count);
            return insert.executeUpdate();
          }
        });
  }

  @Test
  void nothingWaitsInTheBeginning() {
    backlog.look();

    assertThat(backlog.waiting(Kind.NEWS)).isZero();
    assertThat(backlog.overdue()).isZero();
  }

  @Test
  void whatWaitsIsCountedByKindForTheNodeThatLooksAfterIt() {
    put(MINE, 1, 3, NOON.plusSeconds(5));
    put(MINE, 2, 2, NOON.plusSeconds(60));
    put(ANOTHERS, 1, 7, NOON.minusSeconds(60));

    backlog.look();

    assertThat(backlog.waiting(Kind.NEWS)).isEqualTo(3);
    assertThat(backlog.waiting(Kind.HELD)).isEqualTo(2);
    assertThat(backlog.waiting(Kind.CLEAR)).isZero();
    assertThat(backlog.overdue()).isZero();
  }

  @Test
  void oldestThatIsDueSaysHowLateItIs() {
    put(MINE, 1, 1, NOON.minusSeconds(9));
    put(MINE, 3, 1, NOON.minusSeconds(4));
    put(MINE, 2, 1, NOON.plusSeconds(60));

    backlog.look();

    assertThat(backlog.overdue()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void longQueueIsEstimated() {
    put(MINE, 1, 40_000, NOON);
    database.run(
        connection -> {
          try (Statement analyze = connection.createStatement()) {
            return analyze.execute("analyze push_queue");
          }
        });

    backlog.look();

    assertThat(backlog.waiting(Kind.NEWS)).isBetween(36_000L, 44_000L);
  }
}
