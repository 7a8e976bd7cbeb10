// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.push.AppDevice.Kind;

/// Pushes while a node stops, or the store is away.
@Tag("slow")
final class PushFaultsTest {
  // What waits for an acknowledgement is in the store after three seconds: long before it is due.
  private static final Map<String, String> TIMINGS =
      Map.of("TERN_PUSH_TIMINGS_UNKNOWN", "500ms", "TERN_PUSH_TIMINGS_GRACE", "10s");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @AutoClose private final Providers providers = new Providers();

  private TestNode node() {
    return TestNode.start(providers.settings(TIMINGS));
  }

  @Test
  void pushOnItsWayWhenTheNodeStopsIsNotSentAgainByTheNext() {
    TestNode first = node();
    AppDevice phone = AppDevice.away(first, providers, Kind.APNS, "bob", "phone");
    try (TestNode _ = first;
        TestClient alice = first.connect("alice")) {
      String room = alice.openDirect("bob");
      alice.say(room, "warms up the connection");
      phone.await(1);
      Eventually.holds("answered", PATIENCE, () -> onTheirWay(first) == 0);
      providers.apns().delay(Duration.ofSeconds(1));

      alice.say(room, "goodbye");
      phone.await(2);
    }
    providers.apns().delay(Duration.ZERO);

    try (TestNode second = TestNode.start(first.database(), providers.settings(TIMINGS));
        TestClient alice = second.connect("alice")) {
      alice.say(alice.openDirect("bob"), "hello again");
      phone.await(3);
      Eventually.passes(Duration.ofSeconds(2));
      assertThat(phone.shown()).hasSize(3);
    }
  }

  private static long onTheirWay(TestNode node) {
    try (TestSql sql = TestSql.of(node)) {
      return sql.number("select count(*) from intake");
    }
  }

  @Test
  void storeThatFailsForAMomentDelaysWhatIsDueByAMoment() {
    try (TestNode node = node();
        TestSql sql = TestSql.of(node);
        TestSql other = TestSql.of(node)) {
      AppDevice phone = AppDevice.away(node, providers, Kind.APNS, "bob", "phone");
      try (TestClient bob = phone.open(node);
          TestClient alice = node.connect("alice")) {
        assertThat(bob.welcome()).isNotNull();
        alice.say(alice.openDirect("bob"), "hi");
        Eventually.holds(
            "it waits", PATIENCE, () -> sql.number("select count(*) from push_queue") == 1);

        sql.run("begin");
        sql.run("lock table device in access exclusive mode");
        Eventually.holds(
            "it is taken",
            PATIENCE,
            () ->
                other.number(
                        "select count(*) from push_queue where due_at > now() + interval '20 s'")
                    == 1);
        Eventually.holds("who reads it waits", PATIENCE, () -> !waitsSince(other).isEmpty());
        String begun = waitsSince(other);
        Eventually.holds(
            "and, refused, tries again",
            PATIENCE,
            () -> !List.of("", begun).contains(waitsSince(other)));
        sql.run("rollback");

        phone.await(1);
      }
    }
  }

  @Test
  void messageThatCannotBeReadKeepsNoOtherFromBeingPushed() {
    try (TestNode node = node();
        TestSql sql = TestSql.of(node)) {
      AppDevice phone = AppDevice.away(node, providers, Kind.APNS, "bob", "phone");
      try (TestClient bob = phone.open(node);
          TestClient alice = node.connect("alice");
          TestClient carol = node.connect("carol")) {
        assertThat(bob.welcome()).isNotNull();
        alice.say(alice.openDirect("bob"), "never read");
        String room = carol.openDirect("bob");
        carol.say(room, "hi");
        Eventually.holds(
            "both wait", PATIENCE, () -> sql.number("select count(*) from push_queue") == 2);

        sql.run("update message set body = '\\x0a' where sender = 'alice'");
        sql.run("update push_queue set due_at = (select max(due_at) from push_queue)");

        phone.await(1);
        assertThat(phone.shown()).extracting(it -> it.conversation()).containsOnly(room);
      }
    }
  }

  private static String waitsSince(TestSql sql) {
    return sql.text(
        "select coalesce(max(query_start)::text, '') from pg_stat_activity"
            + " where datname = current_database() and wait_event_type = 'Lock'");
  }
}
