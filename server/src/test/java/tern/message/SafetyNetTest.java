// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Changes;

/// What was committed and never announced is found and told, the last message of all included.
@Tag("slow")
final class SafetyNetTest {
  private static final Duration PROMISED = Duration.ofSeconds(5);
  private static final Duration SWEPT = Duration.ofSeconds(12);

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static long unsettled(TestSql database, String room) {
    return database.number(
        "select count(*) from intake where ? = any(conversation)", UUID.fromString(room));
  }

  private static Changes heardInTime(TestClient client, long sinceNanos) {
    Changes heard = client.awaitChanges();
    assertThat(Duration.ofNanos(System.nanoTime() - sinceNanos)).isLessThan(PROMISED);
    return heard;
  }

  @Test
  void lostAnnouncementReachesTheLiveAndIsSettledThen() {
    try (TestClient bob = node.connect("bob1")) {
      String room = bob.openDirect("alice1");

      sql.store(room, "alice1", "nobody announced me");
      Changes heard = heardInTime(bob, System.nanoTime());

      assertThat(TestClient.text(heard.getMessages(0))).isEqualTo("nobody announced me");
      assertThat(heard.getAfter()).isEqualTo(1);
      Eventually.holds(
          "sending implies having read", PROMISED, () -> sql.read(room, "alice1") == 1);
      Eventually.holds("settled", SWEPT, () -> unsettled(sql, room) == 0);
    }
  }

  @Test
  void lostAnnouncementOfARemovalReachesWhoStaysAndWhoGoes() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = alice.createGroup("leavers", "bob2");
      bob.await(frame -> frame.getInboxUpdate().getEntriesCount() == 1);

      sql.remove(room, "alice2", "bob2");
      long begun = System.nanoTime();
      Changes heard = heardInTime(alice, begun);
      bob.await(
          frame ->
              frame.getInboxUpdate().getEntriesList().stream()
                  .anyMatch(entry -> entry.getRemoved()));

      assertThat(heard.getMembers(0).getUserId()).isEqualTo("bob2");
      assertThat(heard.getMembers(0).getRemoved()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMISED);
    }
  }

  @Test
  void storeThatWasAwayWhileItLookedIsLookedAtAgain() {
    try (TestClient bob = node.connect("bob3");
        TestSql other = TestSql.of(node)) {
      String room = bob.openDirect("alice3");
      sql.store(room, "alice3", "found at the second look");
      other.begin().run("lock table message in access exclusive mode");
      // By then the node has found the row and could not read its message.
      Eventually.passes(Duration.ofSeconds(7));

      other.commit();
      Changes heard = heardInTime(bob, System.nanoTime());

      assertThat(TestClient.text(heard.getMessages(0))).isEqualTo("found at the second look");
    }
  }

  @Test
  void everyRowIsDeletedOnceItIsSettledAndOld() {
    try (TestClient alice = node.connect("alice4")) {
      String room = alice.openDirect("bob4");
      for (int i = 0; i < 20; i++) {
        alice.say(room, "message " + i);
      }

      long young = unsettled(sql, room);
      Eventually.holds("settled", SWEPT, () -> unsettled(sql, room) == 0);

      assertThat(young).isPositive();
      assertThat(sql.read(room, "alice4")).isEqualTo(20);
    }
  }

  @Test
  void nextStartSettlesWhatADeadNodeLeftBehind() {
    TestNode dead = TestNode.start();
    String room;
    try (TestClient alice = dead.connect("alice5")) {
      room = alice.openDirect("bob5");
    }
    dead.close();
    try (TestSql database = TestSql.of(dead)) {
      for (String text : List.of("one", "two", "three")) {
        database.store(room, "alice5", text);
      }
      assertThat(unsettled(database, room)).isEqualTo(3);

      try (TestNode next = TestNode.start(dead.database(), java.util.Map.of());
          TestClient bob = next.connect("bob5")) {
        assertThat(bob.welcome().getInbox().getBadge()).isEqualTo(3);
        Eventually.holds("settled", SWEPT, () -> unsettled(database, room) == 0);
        assertThat(database.read(room, "alice5")).isEqualTo(3);
      }
    }
  }
}
