// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.push.ledger.WaitingPush.Kind;
import tern.store.Database;
import tern.store.TestPostgres;

class QueueTableTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int NODE = 1;
  private static final QueueTable.Share ALL = new QueueTable.Share(NODE, 0, 1);

  @AutoClose private final Database database = new Database(TestPostgres.newMigratedDatabase());

  private void put(String user, Kind kind, Instant due, int count) {
    List<WaitingPush> pushes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PushPlace place =
          new PushPlace(
              new UserId(user), new DeviceId("phone"), new ConversationId(UUID.randomUUID()));
      SequenceRange range = new SequenceRange(1, 1);
      pushes.add(new WaitingPush(place, kind, range, due, due.plusSeconds(3600), 0));
    }
    database.transaction(
        connection -> {
          QueueTable.put(connection, NODE, pushes);
          return count;
        });
  }

  private List<WaitingPush> take(QueueTable.Share share, Instant now, int most) {
    return database.transaction(connection -> QueueTable.take(connection, share, now, LEASE, most));
  }

  @Test
  void whatIsTakenIsNobodyElsesUntilItsLeaseIsOver() {
    put("alice", Kind.NEWS, NOON, 1);

    assertThat(take(ALL, NOON.minusMillis(1), 10)).isEmpty();
    assertThat(take(ALL, NOON, 10)).hasSize(1);
    assertThat(take(ALL, NOON.plusSeconds(29), 10)).isEmpty();
    assertThat(take(ALL, NOON.plusSeconds(30), 10)).hasSize(1);
  }

  @Test
  void oldestAreTakenFirst() {
    put("alice", Kind.NEWS, NOON, 1);
    put("bob", Kind.NEWS, NOON.minusSeconds(1), 1);

    assertThat(take(ALL, NOON, 1))
        .extracting(it -> it.place().user().value())
        .containsExactly("bob");
  }

  @Test
  void whatIsHeldForOnePhoneIsTakenTogether() {
    put("alice", Kind.HELD, NOON, 5);
    put("alice", Kind.HELD, NOON.plusSeconds(1), 1);
    put("bob", Kind.HELD, NOON.plusMillis(1), 5);

    assertThat(take(ALL, NOON.plusMillis(1), 2))
        .hasSize(5)
        .allMatch(it -> it.place().user().value().equals("alice"));
    assertThat(take(ALL, NOON.plusMillis(1), 7)).hasSize(5);
  }

  @Test
  void eachUserBelongsToOnePart() {
    for (int i = 0; i < 100; i++) {
      put("user" + i, Kind.HELD, NOON, 2);
    }

    List<WaitingPush> one = take(new QueueTable.Share(NODE, 0, 2), NOON, 1_000);
    List<WaitingPush> other = take(new QueueTable.Share(NODE, 1, 2), NOON, 1_000);

    assertThat(one.size() + other.size()).isEqualTo(200);
    assertThat(one.size()).isBetween(40, 160);
    Set<UserId> both = users(one);
    both.retainAll(users(other));
    assertThat(both).isEmpty();
  }

  private static Set<UserId> users(List<WaitingPush> pushes) {
    Set<UserId> users = new HashSet<>();
    pushes.forEach(it -> users.add(it.place().user()));
    return users;
  }
}
