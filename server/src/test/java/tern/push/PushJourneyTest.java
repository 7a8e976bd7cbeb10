// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.AppState;
import tern.v1.ClientFrame;
import tern.v1.SetAppState;

/// Who is woken, and when, from a sender's socket to the lock screen.
@Tag("slow")
final class PushJourneyTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(3);
  private static final Duration GRACE = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(14);
  // A node that has just started knows of nobody who was there.
  private static final Duration STRANGE = Duration.ofMillis(500);
  private static final Map<String, String> TIMINGS =
      Map.of(
          "TERN_PUSH_TIMINGS_GRACE", "4s",
          "TERN_PUSH_TIMINGS_UNKNOWN", "500ms",
          "TERN_PUSH_TIMINGS_COME_BACK", "2s");

  @AutoClose private static final TestNode node = TestNode.start(TIMINGS);
  @AutoClose private static final TestSql sql = TestSql.of(node);

  @BeforeAll
  static void awaitAcquaintance() {
    Eventually.passes(STRANGE);
  }

  @Test
  void whoIsAwayIsWokenAtOnce() {
    try (TestPhone phone = new TestPhone(node, "bob1", "phone");
        TestClient alice = node.connect("alice1")) {
      String room = alice.openDirect("bob1");

      alice.say(room, "hi");

      assertThat(phone.await(1, AT_ONCE).getInteger("badge")).isEqualTo(1);
      assertThat(phone.pushes().getFirst().getString("text")).isEqualTo("New message");
      assertThat(phone.pushes().getFirst().getString("conversationId")).isEqualTo(room);
    }
  }

  @Test
  void hundredMessagesMakeOneBannerWithBadgeHundredAndAreHeardOnce() {
    try (TestPhone phone = new TestPhone(node, "bob2", "phone");
        TestClient alice = node.connect("alice2")) {
      String room = alice.openDirect("bob2");

      for (int i = 0; i < 100; i++) {
        alice.say(room, "hi " + i);
      }
      Eventually.holds(
          "badge 100",
          PATIENCE,
          () -> !phone.pushes().isEmpty() && phone.pushes().getLast().getInteger("badge") == 100);

      assertThat(phone.pushes().stream().filter(push -> push.getBoolean("audible"))).hasSize(1);
      assertThat(phone.pushes()).hasSizeLessThan(50);
      List<Long> all = LongStream.rangeClosed(1, 100).boxed().toList();
      Eventually.holds(
          "each is told to be pushed, once", PATIENCE, () -> pushedTo("bob2").equals(all));
    }
  }

  private static List<Long> pushedTo(String user) {
    return sql.numbers(
        "select generate_series(first_sequence, last_sequence) s from push_decision"
            + " where user_id = ? and outcome = 20 order by s",
        user);
  }

  @Test
  void whoAcknowledgesInTheForegroundIsLeftAlone() {
    try (TestPhone phone = new TestPhone(node, "bob3", "bob3-phone");
        TestClient bob = node.connect("bob3");
        TestClient alice = node.connect("alice3")) {
      String room = alice.openDirect("bob3");

      alice.say(room, "hi");
      bob.send(Requests.acknowledge(room, 2, 1));
      Eventually.passes(GRACE.plusSeconds(1));

      assertThat(phone.pushes()).isEmpty();
      assertThat(sql.number("select count(*) from push_queue where user_id = 'bob3'")).isZero();
    }
  }

  @Test
  void deviceThatLooksAliveButSaysNothingIsPushedToAfterItsGrace() {
    try (TestPhone phone = new TestPhone(node, "bob4", "bob4-phone");
        TestClient bob = node.connect("bob4");
        TestClient alice = node.connect("alice4")) {
      String room = alice.openDirect("bob4");

      alice.say(room, "hi");
      Eventually.passes(GRACE.dividedBy(2));
      assertThat(phone.pushes()).isEmpty();

      phone.await(1, PATIENCE);
      assertThat(bob.heard()).isNotEmpty();
    }
  }

  @Test
  void whoAcknowledgesInTheBackgroundIsWokenAtOnce() {
    try (TestPhone phone = new TestPhone(node, "bob5", "bob5-phone");
        TestClient bob = node.connect("bob5");
        TestClient alice = node.connect("alice5")) {
      String room = alice.openDirect("bob5");
      bob.ask(
          ClientFrame.newBuilder()
              .setSetAppState(SetAppState.newBuilder().setAppState(AppState.APP_STATE_BACKGROUND)));

      alice.say(room, "hi");
      bob.send(Requests.acknowledge(room, 2, 1));

      phone.await(1, AT_ONCE);
    }
  }

  @Test
  void whoIsBackAtOnceFeelsNothing() {
    try (TestPhone phone = new TestPhone(node, "bob6", "bob6-phone");
        TestClient alice = node.connect("alice6")) {
      node.connect("bob6").close();
      String room = alice.openDirect("bob6");

      alice.say(room, "hi");
      try (TestClient bob = node.connect("bob6")) {
        bob.send(Requests.acknowledge(room, 2, 1));
        Eventually.passes(GRACE);

        assertThat(phone.pushes()).isEmpty();
      }
    }
  }

  @Test
  void readingOnOneDeviceTakesTheBannerOfTheOtherAway() {
    try (TestPhone phone = new TestPhone(node, "bob7", "phone");
        TestPhone tablet = new TestPhone(node, "bob7", "tablet");
        TestClient alice = node.connect("alice7")) {
      String room = alice.openDirect("bob7");
      alice.say(room, "hi");
      phone.await(1, AT_ONCE);
      tablet.await(1, AT_ONCE);

      try (TestClient bob = TestClient.connect(node, "bob7", "phone", "main")) {
        bob.ask(Requests.markRead(room, 1));

        assertThat(tablet.await(2, AT_ONCE).getBoolean("clear")).isTrue();
        assertThat(tablet.pushes().getLast().getInteger("badge")).isZero();
        assertThat(phone.pushes()).hasSize(1);
      }
    }
  }

  @Test
  void pushTellsWhatTheConversationAllows() {
    try (TestPhone phone = new TestPhone(node, "bob10", "phone");
        TestClient alice = node.connect("alice10")) {
      String room = alice.openDirect("bob10");
      sql.run("update conversation set push_content = 3 where id = ?::uuid", room);

      alice.say(room, "dinner?");

      assertThat(phone.await(1, AT_ONCE).getString("title")).isEqualTo("alice10");
      assertThat(phone.pushes().getFirst().getString("text")).isEqualTo("dinner?");
      assertThat(phone.pushes().getFirst().getJsonArray("lines")).hasSize(1);
    }
  }

  @Test
  void whatIsDeletedBeforeItsTimeIsNotPushed() {
    try (TestPhone phone = new TestPhone(node, "bob8", "bob8-phone");
        TestClient bob = node.connect("bob8");
        TestClient alice = node.connect("alice8")) {
      String room = alice.openDirect("bob8");

      alice.say(room, "hi");
      alice.ask(Requests.delete(room, 1));
      Eventually.passes(GRACE.plusSeconds(1));

      assertThat(phone.pushes()).isEmpty();
      assertThat(bob.heard()).isNotEmpty();
      assertThat(sql.number("select outcome from push_decision where user_id = 'bob8'"))
          .isEqualTo(10);
    }
  }

  @Test
  void whatIsCommittedWhenTheNodeEndsIsPushedByTheNext() {
    TestNode first = TestNode.start();
    TestPhone phone = new TestPhone(first, "bob9", "phone");
    try (TestSql store = TestSql.of(first)) {
      try (TestClient alice = first.connect("alice9")) {
        alice.say(alice.openDirect("bob9"), "hi");
      }
      assertThat(phone.pushes()).isEmpty();
      first.close();

      try (TestNode second = TestNode.start(first.database(), TIMINGS)) {
        phone.look(second);
        phone.await(1, STRANGE.plusSeconds(4));
        Eventually.holds(
            "nothing is unsettled, and nothing waits",
            Duration.ofSeconds(10),
            () ->
                store.number(
                        "select (select count(*) from intake) + (select count(*) from push_queue)")
                    == 0);
      }
    }
    phone.close();
  }
}
