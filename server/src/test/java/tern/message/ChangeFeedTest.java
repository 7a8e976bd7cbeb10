// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.InboxPage;
import tern.v1.Message;
import tern.v1.MessageChanged;

/// Changes of messages are part of the one order: live, in catch-up, after a crash, and for those
/// who may not see what changed.
@Tag("slow")
final class ChangeFeedTest {
  private static final String READ =
      "select count(*) from member where conversation_id in (?, ?) and user_id = 'alice3'"
          + " and read_sequence = 1";

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static MessageChanged changed(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getMessageChanged();
  }

  @Test
  void catchingUpBringsEachChangedMessageOnceInItsNewestState() {
    try (TestClient alice = node.connect("alice1")) {
      String room = alice.openDirect("bob1");
      for (String text : List.of("one", "two", "three")) {
        alice.say(room, text);
      }
      changed(alice, Requests.edit(room, 1, UUID.randomUUID(), "ONE"));
      changed(alice, Requests.react(room, 1, "👍"));
      changed(alice, Requests.delete(room, 2));
      changed(alice, Requests.edit(room, 1, UUID.randomUUID(), "One"));
      alice.say(room, "four");

      Changes missed = alice.catchUp(room, alice.position(4, 3)).getFirst().getChanges();

      assertThat(missed.getMessagesList())
          .extracting(Message::getSequence, Message::getRevision, TestClient::text)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(2L, 7L, ""),
              org.assertj.core.groups.Tuple.tuple(1L, 8L, "One"),
              org.assertj.core.groups.Tuple.tuple(4L, 9L, "four"));
      assertThat(missed.getMessages(1).getOwnReactionsList()).containsExactly("👍");
      assertThat(missed.getThrough()).isEqualTo(9);
      assertThat(missed.getSequence()).isEqualTo(4);
    }
  }

  @Test
  void whoMayNotSeeAMessageGetsAnEmptyStepOfItsChange() {
    try (TestClient alice = node.connect("alice2");
        TestClient carol = node.connect("carol2")) {
      String room = alice.createGroup("secrets");
      alice.say(room, "before carol");
      alice.ask(Requests.add(room, List.of("carol2")));
      carol.awaitChanges();
      Changes joined = carol.awaitChanges();

      long edited =
          changed(alice, Requests.edit(room, 1, UUID.randomUUID(), "still before")).getRevision();
      changed(alice, Requests.react(room, 1, "👍"));

      for (long revision = edited; revision <= edited + 1; revision++) {
        Changes step = carol.awaitChanges();
        assertThat(step.getAfter()).isEqualTo(revision - 1);
        assertThat(step.getThrough()).isEqualTo(revision);
        assertThat(step.getMessagesCount() + step.getReactionsCount()).isZero();
      }
      Changes caughtUp =
          carol
              .catchUp(room, carol.position(joined.getThrough(), joined.getSequence()))
              .getFirst()
              .getChanges();
      assertThat(caughtUp.getMessagesCount()).isZero();
      assertThat(caughtUp.getThrough()).isEqualTo(edited + 1);
      assertThat(carol.ask(Requests.react(room, 1, "👍")).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void listSinceACursorHoldsWhatWasEditedWithoutMovingIt() {
    try (TestClient alice = node.connect("alice3")) {
      String older = alice.openDirect("bob3");
      alice.say(older, "one");
      String newer = alice.openDirect("carol3");
      alice.say(newer, "two");
      Eventually.holds(
          "the sender's markers are stored",
          Duration.ofSeconds(10),
          () -> sql.number(READ, UUID.fromString(older), UUID.fromString(newer)) == 2);
      // As if everything had happened long ago.
      sql.run(
          "update conversation set last_change_at = last_change_at - interval '1 h',"
              + " activity_bucket = activity_bucket - 6 where id in (?, ?)",
          UUID.fromString(older),
          UUID.fromString(newer));
      sql.run(
          "update member set changed_at = changed_at - interval '1 h', changed_bucket ="
              + " changed_bucket - 6, activity_bucket = activity_bucket - 6"
              + " where conversation_id in (?, ?)",
          UUID.fromString(older),
          UUID.fromString(newer));
      String cursor = alice.ask(Requests.inbox(10)).getInboxPage().getCursor();

      changed(alice, Requests.edit(older, 1, UUID.randomUUID(), "ONE"));
      InboxPage since = alice.ask(Requests.inboxSince(cursor, 10)).getInboxPage();
      InboxPage whole = alice.ask(Requests.inbox(10)).getInboxPage();

      assertThat(since.getEntriesList())
          .extracting(entry -> entry.getConversation().getConversationId())
          .containsExactly(older);
      assertThat(TestClient.text(since.getEntries(0).getLastMessage())).isEqualTo("ONE");
      assertThat(whole.getEntriesList())
          .extracting(entry -> entry.getConversation().getConversationId())
          .containsExactly(newer, older);
    }
  }

  @Test
  void everyPageTellsTheHighestSequenceOfItsRevision() {
    try (TestNode generous = TestNode.start(Map.of("TERN_LIMITS_MESSAGES_BURST", "1000"));
        TestClient alice = generous.connect("alice5")) {
      String room = alice.openDirect("bob5");
      for (int i = 1; i <= 100; i++) {
        alice.say(room, "message " + i);
      }
      changed(alice, Requests.react(room, 1, "👍"));
      long through = changed(alice, Requests.react(room, 100, "👍")).getRevision();
      alice.say(room, "message 101");

      Changes first = alice.catchUp(room, alice.position(1, 0)).getFirst().getChanges();

      assertThat(first.getMessagesCount()).isEqualTo(100);
      assertThat(first.getThrough()).isEqualTo(through);
      assertThat(first.getSequence()).isEqualTo(100);
    }
  }

  @Test
  void eachOfSeveralChangesOfOneMessageInAGroupTellsWhatItLeft() {
    try (TestClient bob = node.connect("bob6")) {
      String room = bob.openDirect("alice6");
      bob.say(room, "mine");

      String changes =
          " from change_messages_v4(1, true, '1 h', array[?, ?, ?]::uuid[],"
              + " '{bob6,bob6,bob6}', '{3,4,2}', '{1,1,1}', '{true,true,true}', '{👍,\"\",\"\"}',"
              + " array_fill(null::uuid, array[3]), '{null,null,null}', '{null,null,null}',"
              + " array_fill(''::bytea, array[3]), '{\"\",\"\",\"\"}')";
      UUID id = UUID.fromString(room);
      List<Long> told =
          sql.numbers(
              "select revision * 1000 + (reactions is not null)::int * 100"
                  + " + (pinned_at is not null)::int * 10 + (deleted_at is not null)::int"
                  + changes,
              id,
              id,
              id);

      assertThat(told).containsExactly(3_100L, 4_110L, 5_001L);
    }
  }

  @Test
  void changeThatNobodyAnnouncedIsFoundAgain() {
    try (TestClient bob = node.connect("bob4")) {
      String room = bob.openDirect("alice4");
      bob.say(room, "mine");
      bob.awaitChanges();

      sql.run(
          "select * from change_messages_v4(1, true, '1 h', array[?::uuid], '{bob4}', '{3}', '{1}',"
              + " '{true}', '{👍}', array[null::uuid], '{null}', '{null}', array[''::bytea], array[''])",
          UUID.fromString(room));
      Changes heard = bob.awaitChanges();

      assertThat(heard.getAfter()).isEqualTo(2);
      assertThat(heard.getMessages(0).getReactions(0).getReaction()).isEqualTo("👍");
      Eventually.holds(
          "settled",
          Duration.ofSeconds(12),
          () ->
              sql.number(
                      "select count(*) from intake where ? = any(conversation)",
                      UUID.fromString(room))
                  == 0);
    }
  }
}
