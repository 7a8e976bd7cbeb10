// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.id.ConversationId;
import tern.store.Database;
import tern.v1.CatchUpPage;
import tern.v1.HistoryPage;
import tern.v1.HistoryVisibility;
import tern.v1.InboxEntry;
import tern.v1.Message;
import tern.v1.Position;
import tern.v1.Reset;

/// What is older than the app wants it kept is gone, and the rest reads as before.
@Tag("slow")
final class RetentionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Map<String, String> AN_HOUR_IN_GROUPS =
      Map.of("TERN_LIMITS_RETENTION_GROUP", "1h", "TERN_LIMITS_RETENTION_LOOK_EVERY", "100ms");

  @AutoClose private static final TestNode NODE = TestNode.start(AN_HOUR_IN_GROUPS);
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);
  @AutoClose private static final Database DATABASE = new Database(NODE.database());

  private static String group(TestClient owner, String... others) {
    return owner.createGroup("team", HistoryVisibility.HISTORY_VISIBILITY_START, List.of(others));
  }

  private static void age(TestSql sql, String room, long through, String by) {
    sql.run(
        "update message set created_at = created_at - ?::interval"
            + " where conversation_id = ?::uuid and sequence <= ?",
        by,
        room,
        through);
  }

  private static void awaitFirst(TestSql sql, String room, long first) {
    Eventually.holds(
        "the edge is at " + first,
        PATIENCE,
        () ->
            sql.number("select first_sequence from conversation where id = ?::uuid", room)
                == first);
  }

  private static List<Long> sequences(TestClient reader, String room) {
    HistoryPage page = reader.ask(Requests.before(room, 0, 100)).getHistoryPage();
    assertThat(page.getHasBefore()).isFalse();
    return page.getMessagesList().stream().map(Message::getSequence).toList();
  }

  private static InboxEntry entry(TestClient reader) {
    return reader.ask(Requests.inbox(10)).getInboxPage().getEntries(0);
  }

  @Test
  void whatIsTooOldIsErasedWithAllThatHangsOnIt() {
    try (TestClient alice = NODE.connect("alice1");
        TestClient bob = NODE.connect("bob1")) {
      String room = group(alice, "bob1");
      alice.say(room, "ancient");
      alice.ask(Requests.edit(room, 1, UUID.randomUUID(), "ancient, edited"));
      bob.ask(Requests.react(room, 1, "👍"));
      alice.ask(Requests.pin(room, 1));
      alice.say(room, "old");
      alice.say(room, "new");
      age(SQL, room, 2, "2 hours");

      awaitFirst(SQL, room, 3);

      assertThat(sequences(bob, room)).containsExactly(3L);
      for (String table : List.of("message_edit", "reaction", "reaction_count")) {
        assertThat(
                SQL.number(
                    "select count(*) from " + table + " where conversation_id = ?::uuid", room))
            .as(table)
            .isZero();
      }
      assertThat(
              SQL.number(
                  "select count(*) from message where conversation_id = ?::uuid"
                      + " and sequence < 3 and body <> ''",
                  room))
          .isZero();
      assertThat(SQL.number("select pinned_count from conversation where id = ?::uuid", room))
          .isZero();
      assertThat(alice.say(room, "newer").getSequence()).isEqualTo(4);
    }
  }

  @Test
  void whoStandsBeforeTheEdgeStartsAnewAndWhoStandsBehindItGoesOn() {
    try (TestClient alice = NODE.connect("alice2");
        TestClient bob = NODE.connect("bob2")) {
      String room = group(alice, "bob2");
      alice.say(room, "1");
      Position early = position(bob, room);
      for (int i = 2; i <= 5; i++) {
        alice.say(room, "old");
      }
      Position late = position(bob, room);
      alice.say(room, "new");
      age(SQL, room, 4, "2 hours");
      awaitFirst(SQL, room, 5);

      CatchUpPage anew = bob.catchUp(room, early).getFirst();
      CatchUpPage onwards = bob.catchUp(room, late).getFirst();

      assertThat(anew.getReset().getReason()).isEqualTo(Reset.Reason.REASON_BEFORE_FIRST);
      assertThat(anew.getHasBefore()).isFalse();
      assertThat(anew.getChanges().getMessagesList())
          .extracting(Message::getSequence)
          .containsExactly(5L, 6L);
      assertThat(onwards.hasReset()).isFalse();
      assertThat(onwards.getChanges().getMessagesList())
          .extracting(Message::getSequence)
          .containsExactly(6L);
    }
  }

  private static Position position(TestClient reader, String room) {
    CatchUpPage page = reader.catchUp(room, null).getLast();
    return reader.position(page.getChanges().getThrough(), page.getChanges().getSequence());
  }

  @Test
  void whatIsGoneIsNotUnread() {
    try (TestClient alice = NODE.connect("alice3");
        TestClient bob = NODE.connect("bob3")) {
      String room = group(alice, "bob3");
      for (int i = 0; i < 5; i++) {
        alice.say(room, "unread");
      }
      assertThat(entry(bob).getUnread()).isEqualTo(5);
      age(SQL, room, 3, "2 hours");
      awaitFirst(SQL, room, 4);

      assertThat(entry(bob).getUnread()).isEqualTo(2);
      age(SQL, room, 5, "2 hours");
      awaitFirst(SQL, room, 6);

      assertThat(entry(bob).getUnread()).isZero();
      assertThat(entry(bob).hasLastMessage()).isFalse();
      assertThat(sequences(bob, room)).isEmpty();
      assertThat(alice.say(room, "anew").getSequence()).isEqualTo(6);
      assertThat(entry(bob).getUnread()).isEqualTo(1);
    }
  }

  @Test
  void otherKindsAreKeptAndAConversationMayHaveARuleOfItsOwn() {
    try (TestClient alice = NODE.connect("alice4")) {
      String direct = alice.openDirect("bob4");
      String kept = group(alice);
      String brief = alice.openDirect("carol4");
      for (String room : List.of(direct, kept, brief)) {
        alice.say(room, "old");
        alice.say(room, "new");
      }
      var forEver = Retention.set(DATABASE, ConversationId.parse(kept), OptionalLong.of(0));
      assertThat(forEver).isPresent();
      Retention.set(DATABASE, ConversationId.parse(brief), OptionalLong.of(60));
      for (String room : List.of(direct, kept, brief)) {
        age(SQL, room, 1, "2 hours");
      }

      awaitFirst(SQL, brief, 2);

      assertThat(sequences(alice, direct)).containsExactly(1L, 2L);
      assertThat(sequences(alice, kept)).containsExactly(1L, 2L);
      Retention.set(DATABASE, ConversationId.parse(kept), OptionalLong.empty());
      awaitFirst(SQL, kept, 2);
    }
  }

  @Test
  void manyGoInStepsAndANextLifeGoesOn() {
    String room;
    try (TestClient alice = NODE.connect("alice5")) {
      room = alice.openDirect("bob5");
      SQL.run(
          """
          insert into message (conversation_id, sequence, revision, created_at, content_hash,
            sender, client_message_id, countable_through, body)
          select ?::uuid, i, i + 1, now() - interval '3 days', 0, 'alice5', gen_random_uuid(), i,
            '' from generate_series(1, 2500) i
          """,
          room);
      SQL.run(
          "update conversation set last_sequence = 2500, revision = 2501, countable = 2500"
              + " where id = ?::uuid",
          room);
      // As the life before had left it in the middle.
      SQL.number("select let_go_v1(?::uuid, array[3600, 0, 0, 0]::bigint[], 700)", room);
      awaitFirst(SQL, room, 701);
    }

    try (Retention next = new Retention(DATABASE, config()).start()) {
      assertThat(next).isNotNull();
      awaitFirst(SQL, room, 2501);
    }
    assertThat(SQL.number("select count(*) from message where conversation_id = ?::uuid", room))
        .isEqualTo(1);
  }

  private static RetentionConfig config() {
    return new RetentionConfig(
        Duration.ofHours(1),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofMillis(100));
  }
}
