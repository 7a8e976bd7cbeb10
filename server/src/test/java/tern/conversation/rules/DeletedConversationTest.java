// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.store.Database;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.InboxEntry;
import tern.v1.Metadata;
import tern.v1.ServerFrame;

/// A deleted conversation is gone for everybody, and nothing of what was said in it is left.
@Tag("slow")
final class DeletedConversationTest {
  private static final String CANARY = "canary-that-must-not-stay";

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);
  @AutoClose private static final Database database = new Database(node.database());

  private static ServerFrame delete(TestClient client, String room) {
    return client.ask(Requests.deleteGroup(room));
  }

  // In how many rows of each table the text stands, as it is or as the bytes of a body.
  private static long occurrences(String text) {
    long found = 0;
    for (String table :
        database.run(
            connection -> {
              try (var row =
                  connection
                      .createStatement()
                      .executeQuery(
                          "select string_agg(tablename, ' ') from pg_tables"
                              + " where schemaname = 'public'")) {
                row.next();
                return row.getString(1).split(" ", -1);
              }
            })) {
      found +=
          sql.number(
              "select count(*) from \"%s\" t where position(? in t::text) > 0".formatted(table)
                  + " or position(encode(convert_to(?, 'UTF8'), 'hex') in t::text) > 0",
              text,
              text);
    }
    return found;
  }

  @Test
  void everyMembersListTellsThatItIsGone() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.createGroup("ends", "bob1", "carol1");
      String cursor;
      try (TestClient carol = node.connect("carol1")) {
        cursor = carol.ask(Requests.inbox(10)).getInboxPage().getCursor();
      }

      assertThat(delete(alice, room).getConversationDeleted().getConversationId()).isEqualTo(room);
      for (TestClient member : List.of(alice, bob)) {
        member.await(
            it -> it.getInboxUpdate().getEntriesList().stream().anyMatch(InboxEntry::getRemoved));
      }

      try (TestClient carol = node.connect("carol1")) {
        assertThat(carol.ask(Requests.inboxSince(cursor, 10)).getInboxPage().getEntriesList())
            .singleElement()
            .satisfies(entry -> assertThat(entry.getRemoved()).isTrue())
            .satisfies(entry -> assertThat(entry.getConversation().getName()).isEmpty());
      }
    }
  }

  @Test
  void itIsAnsweredAsIfItHadNeverBeen() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = alice.createGroup("ends", "bob2");
      UUID id = UUID.randomUUID();
      bob.ask(TestClient.message(room, "was here", id));
      delete(alice, room);
      String unknown = UUID.randomUUID().toString();

      for (TestClient member : List.of(alice, bob)) {
        for (ClientFrame.Builder request :
            List.of(
                Requests.read(room),
                Requests.before(room, 0, 10),
                Requests.catchUp(room, member.position(1, 0)),
                TestClient.message(room, "was here", id),
                Requests.typing(room),
                Requests.deleteGroup(room))) {
          assertThat(member.ask(request).getError().getCode())
              .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
        }
        assertThat(member.ask(Requests.read(room)).getError())
            .isEqualTo(member.ask(Requests.read(unknown)).getError());
      }
    }
  }

  @Test
  void nothingOfItsContentIsLeftInAnyTable() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = groupFullOfTheCanary(alice, bob);
      assertThat(occurrences(CANARY)).isGreaterThan(5);

      delete(alice, room);

      assertThat(occurrences(CANARY)).isZero();
      for (String table :
          List.of(
              "ban",
              "button_press",
              "flagged_message",
              "invitation",
              "member_draft",
              "search_entry")) {
        assertThat(
                sql.number(
                    "select count(*) from %s where conversation_id = ?::uuid".formatted(table),
                    room))
            .as(table)
            .isZero();
      }
    }
  }

  /// A group whose name, texts, members' notes and rules all hold the canary; answers its id.
  private static String groupFullOfTheCanary(TestClient alice, TestClient bob) {
    HistoryVisibility all = HistoryVisibility.HISTORY_VISIBILITY_START;
    ServerFrame opened =
        alice.ask(Requests.createGroup(CANARY, CANARY, all, List.of("bob3", "eve3")));
    String room = opened.getConversationOpened().getConversation().getConversationId();
    long sequence = bob.say(room, CANARY).getSequence();
    bob.ask(Requests.edit(room, sequence, UUID.randomUUID(), CANARY + " edited"));
    alice.ask(Requests.react(room, sequence, CANARY));
    alice.ask(Requests.pin(room, sequence));
    bob.ask(PersonalRequests.draft(room, CANARY));
    long card = alice.ask(PersonalRequests.card(room, CANARY)).getAccepted().getSequence();
    bob.ask(PersonalRequests.press(room, card, CANARY, UUID.randomUUID()));
    Eventually.holds(
        "the words are indexed, and the press and the draft are kept",
        Duration.ofSeconds(10),
        () ->
            sql.number("select count(*) from search_entry where conversation_id = ?::uuid", room)
                    >= 2
                && sql.number("select count(*) from button_press where button_id = ?", CANARY) == 1
                && sql.number("select count(*) from member_draft where text = ?", CANARY) == 1);
    alice.ask(Requests.rename(room, CANARY + " renamed"));
    alice.ask(Requests.ban(room, "eve3", 0));
    alice.ask(PersonalRequests.invite(room, 0));
    sql.run(
        "insert into flagged_message (conversation_id, sender, client_message_id, rule_ids, at)"
            + " values (?::uuid, 'bob3', gen_random_uuid(), '{}', now())",
        room);
    alice.ask(
        Requests.update(
            Requests.of(room)
                .setImageUrl("https://example.com/" + CANARY)
                .setMetadata(Metadata.newBuilder().putEntries(CANARY, CANARY))));
    return room;
  }

  @Test
  void itsKeyIsFreeAgain() {
    ClientFrame.Builder request =
        Requests.createGroup(
            "order", "order-4", HistoryVisibility.HISTORY_VISIBILITY_START, List.of());
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4")) {
      String first =
          alice.ask(request).getConversationOpened().getConversation().getConversationId();
      delete(alice, first);

      assertThat(bob.ask(request).getConversationOpened().getCreated()).isTrue();
    }
  }

  @Test
  void largeOneIsErasedPieceByPiece() {
    try (TestClient alice = node.connect("alice5")) {
      String room = alice.createGroup("large");
      sql.run(
          """
          insert into message (conversation_id, sequence, revision, created_at, content_hash,
            sender, client_message_id, countable_through, body)
          select ?, i, i + 1, now(), 0, 'alice5', gen_random_uuid(), i, ''
          from generate_series(1, 6500) i
          """,
          UUID.fromString(room));
      sql.run(
          "update conversation set last_sequence = 6500, revision = 6501 where id = ?",
          UUID.fromString(room));

      delete(alice, room);

      Eventually.holds(
          "erased",
          Duration.ofSeconds(10),
          () ->
              sql.number("select count(*) from message where conversation_id = ?::uuid", room) == 0
                  && sql.number(
                          "select count(*) from conversation where id = ?::uuid and erased", room)
                      == 1);
    }
  }

  @Test
  void onlyAnOwnerDeletesIt() {
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6")) {
      String room = alice.createGroup("stays", "bob6");

      assertThat(delete(bob, room).getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(Optional.of(alice.ask(Requests.read(room))).filter(ServerFrame::hasError))
          .isEmpty();
    }
  }
}
