// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.CapturedLog;
import tern.Eventually;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.Traces;

/// What was deleted is in no table, log, meter or export any more.
@Tag("slow")
final class DeletionCanaryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static final RestClient BACKEND = RestClient.backend(NODE);

  // Sends, edits and presses what holds the text; returns the sequences of a text and of a card.
  private static long[] say(TestClient alice, String user, String room, String text) {
    long message = alice.say(room, text).getSequence();
    alice.ask(Requests.edit(room, message, UUID.randomUUID(), text + " again"));
    long card = alice.ask(PersonalRequests.card(room, text)).getAccepted().getSequence();
    alice.ask(PersonalRequests.press(room, card, text, UUID.randomUUID()));
    alice.ask(Requests.react(room, message, text));
    write(user, room, message);
    Eventually.holds(
        "indexed",
        PATIENCE,
        () ->
            SQL.number("select count(*) from search_entry where conversation_id = ?::uuid", room)
                == 2);
    assertThat(Traces.inTables(NODE, text))
        .containsKeys("message", "message_edit", "reaction", "button_press", "search_entry");
    assertThat(export(user)).contains(text);
    return new long[] {message, card};
  }

  // Writes that a repeat is given an answer to: each has just told what was said.
  private static void write(String user, String room, long message) {
    String path = "/v1/conversations/" + room;
    RestClient self = BACKEND.with("Tern-User", user);
    List<HttpResponse<String>> told =
        List.of(
            self.with("Idempotency-Key", "pin")
                .ask("PUT", path + "/messages/" + message + "/pin", "{\"pinned\": true}"),
            self.with("Idempotency-Key", "react")
                .post(
                    path + "/messages/" + message + "/reactions",
                    "{\"reaction\": \"+1\", \"on\": true}"),
            self.with("Idempotency-Key", "archive")
                .ask("PUT", path + "/archive", "{\"archived\": true}"));

    assertThat(told)
        .allMatch(it -> it.statusCode() == 200)
        .allMatch(it -> it.body().contains("canarytext"));
    assertThat(SQL.number("select count(*) from api_idempotency where caller like ?", "%" + user))
        .isEqualTo(told.size());
  }

  private static String export(String user) {
    return BACKEND.get("/v1/users/" + user + "/export").body();
  }

  private static void assertGone(String user, String text) {
    Eventually.holds("gone from all tables", PATIENCE, () -> Traces.inTables(NODE, text).isEmpty());
    assertThat(export(user)).contains("\"end\"").doesNotContain(text);
    assertThat(Traces.metrics(NODE)).contains("tern_").doesNotContain(text);
  }

  @Test
  void aDeletedMessageLeavesNothing() {
    String user = "alice1";
    String text = "canarytext1";
    try (CapturedLog log = CapturedLog.from(Level.DEBUG);
        TestClient alice = NODE.connect(user)) {
      String room = alice.openDirect("bob1");
      long[] said = say(alice, user, room, text);

      alice.ask(Requests.delete(room, said[0]));
      alice.ask(Requests.delete(room, said[1]));

      assertThat(alice.ask(Requests.before(room, 0, 10)).toString()).doesNotContain(text);
      assertThat(log.text()).doesNotContain(text);
    }
    assertGone(user, text);
  }

  @Test
  void aDeletedGroupLeavesNothing() {
    String user = "alice2";
    String text = "canarytext2";
    try (CapturedLog log = CapturedLog.from(Level.DEBUG);
        TestClient alice = NODE.connect(user)) {
      String room = alice.createGroup(text);
      long[] unused = say(alice, user, room, text);
      assertThat(unused).hasSize(2);
      alice.ask(PersonalRequests.invite(room, 1));
      SQL.run(
          """
          insert into flagged_message (conversation_id, sender, client_message_id, rule_ids, at)
          select conversation_id, sender, client_message_id, array['a-rule'], now() from message
          where conversation_id = ?::uuid limit 1
          """,
          room);

      alice.ask(Requests.deleteGroup(room));

      assertThat(log.text()).doesNotContain(text);
      for (String table : new String[] {"invitation", "flagged_message", "search_entry"}) {
        assertThat(
                SQL.number(
                    "select count(*) from " + table + " where conversation_id = ?::uuid", room))
            .as(table)
            .isZero();
      }
    }
    assertGone(user, text);
  }
}
