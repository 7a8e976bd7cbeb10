// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Accepted;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// What one conversation, one message or the store suffers from harms nobody else.
@Tag("slow")
final class IntakeTroubleTest {
  @AutoClose
  private static final TestNode node =
      TestNode.start(Map.of("TERN_INTAKE_LANES", "1", "TERN_LIMITS_REQUESTS_IN_FLIGHT", "10000"));

  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static long millisToSay(TestClient client, String room, String text) {
    long begun = System.nanoTime();
    client.say(room, text);
    return Duration.ofNanos(System.nanoTime() - begun).toMillis();
  }

  @Test
  void heldConversationHoldsUpNoOther() {
    try (TestClient alice = node.connect("alice1");
        TestSql other = TestSql.of(node)) {
      List<String> held = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        held.add(alice.openDirect("held" + i));
      }
      String free = alice.openDirect("free");
      other.begin();
      held.forEach(other::lock);
      List<Integer> waiting = new ArrayList<>();
      for (int n = 0; n < 10; n++) {
        for (String room : held) {
          waiting.add(alice.send(TestClient.message(room, "message " + n, UUID.randomUUID())));
        }
      }
      Eventually.passes(Duration.ofMillis(500));

      List<Long> took = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        took.add(millisToSay(alice, free, "not held up"));
      }
      other.commit();

      assertThat(took).allSatisfy(millis -> assertThat(millis).isLessThan(700));
      for (int i = 0; i < waiting.size(); i++) {
        int id = waiting.get(i);
        Accepted kept = alice.await(frame -> frame.getId() == id).getAccepted();
        assertThat(kept.getSequence()).as("order is kept").isEqualTo(i / held.size() + 1);
      }
    }
  }

  @Test
  void burstToAHeldConversationHoldsUpNoOther() {
    try (TestClient alice = node.connect("alice2");
        TestSql other = TestSql.of(node)) {
      String held = alice.openDirect("bob2");
      String free = alice.openDirect("free2");
      other.begin().lock(held);
      int burst = 1_000;
      List<Integer> waiting = new ArrayList<>();
      for (int i = 0; i < burst; i++) {
        waiting.add(alice.send(TestClient.message(held, "message " + i, UUID.randomUUID())));
      }
      Eventually.passes(Duration.ofMillis(500));

      long took = millisToSay(alice, free, "not held up");
      other.commit();

      assertThat(took).isLessThan(700);
      for (int i = 0; i < burst; i++) {
        int id = waiting.get(i);
        assertThat(alice.await(frame -> frame.getId() == id).getAccepted().getSequence())
            .isEqualTo(i + 1);
      }
    }
  }

  @Test
  void messageToAConversationThatStaysHeldIsRefusedAndMayBeSentAgain() {
    try (TestClient alice = node.connect("alice3");
        TestSql other = TestSql.of(node)) {
      String held = alice.openDirect("bob3");
      other.begin().lock(held);
      ClientFrame.Builder message = TestClient.message(held, "patience", UUID.randomUUID());

      ServerFrame refused = alice.ask(message);
      other.rollback();
      ServerFrame again = alice.ask(message);

      assertThat(refused.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_UNAVAILABLE);
      assertThat(refused.getError().getMayRetry()).isTrue();
      assertThat(again.getAccepted().getSequence()).isEqualTo(1);
    }
  }

  @Test
  void poisonedMessageHarmsNobodyInItsGroup() {
    try (TestClient alice = node.connect("alice4")) {
      String room = alice.openDirect("bob4");
      sql.run(
          "alter table message add constraint no_poison check (position("
              + TestSql.hex("poison")
              + " in body) = 0)");
      Map<Integer, String> sent = new LinkedHashMap<>();
      for (int i = 0; i < 200; i++) {
        String text = i % 67 == 5 ? "poison " + i : "wholesome " + i;
        sent.put(alice.send(TestClient.message(room, text, UUID.randomUUID())), text);
      }

      List<String> refused = new ArrayList<>();
      sent.forEach(
          (id, text) -> {
            ServerFrame answer = alice.await(frame -> frame.getId() == id);
            if (answer.hasError()) {
              assertThat(answer.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_INTERNAL);
              refused.add(text);
            }
          });

      assertThat(refused).containsExactlyInAnyOrder("poison 5", "poison 72", "poison 139");
      assertThat(alice.say(room, "the last").getSequence()).isEqualTo(198);
      sql.run("alter table message drop constraint no_poison");
    }
  }

  @Test
  void killedConnectionsLoseAndDoubleNothing() {
    try (TestClient alice = node.connect("alice5")) {
      String room = alice.openDirect("bob5");
      Map<Integer, ClientFrame.Builder> sent = new HashMap<>();
      for (int i = 0; i < 600; i++) {
        ClientFrame.Builder message = TestClient.message(room, "kept " + i, UUID.randomUUID());
        sent.put(alice.send(message), message);
        if (i % 100 == 50) {
          sql.run(
              "select pg_terminate_backend(pid) from pg_stat_activity"
                  + " where datname = current_database() and pid <> pg_backend_pid()");
        }
      }

      sent.forEach((id, message) -> acceptedSooner(alice, id, message));

      UUID id = UUID.fromString(room);
      assertThat(sql.number("select count(*) from message where conversation_id = ?", id))
          .isEqualTo(600);
      assertThat(sql.number("select last_sequence from conversation where id = ?", id))
          .isEqualTo(600);
    }
  }

  // Or later: what was refused meanwhile may be sent again.
  private static void acceptedSooner(TestClient client, int id, ClientFrame.Builder message) {
    ServerFrame answer = client.await(frame -> frame.getId() == id);
    for (int i = 0; !answer.hasAccepted() && i < 20; i++) {
      assertThat(answer.getError().getMayRetry()).as(answer.toString()).isTrue();
      Eventually.passes(Duration.ofMillis(200));
      answer = client.ask(message);
    }
    assertThat(answer.hasAccepted()).as(answer.toString()).isTrue();
  }
}
