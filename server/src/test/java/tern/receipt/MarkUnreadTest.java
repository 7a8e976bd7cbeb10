// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ErrorCode;
import tern.v1.InboxPage;
import tern.v1.MarkedRead;
import tern.v1.Marker;

/// The read marker goes back in one way, for oneself alone.
@Tag("slow")
final class MarkUnreadTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static MarkedRead markUnread(TestClient client, String room, long sequence) {
    return client.ask(PersonalRequests.markUnread(room, sequence)).getMarkedRead();
  }

  private static InboxPage list(TestClient client) {
    return client.ask(Requests.inbox(10)).getInboxPage();
  }

  private static long told(TestClient client, String room, String user) {
    return client.catchUp(room, null).getLast().getMarkersList().stream()
        .filter(it -> it.getUserId().equals(user))
        .mapToLong(Marker::getRead)
        .findFirst()
        .orElseThrow();
  }

  private static String roomOf(TestClient writer, String reader, int messages) {
    String room = writer.openDirect(reader);
    for (int i = 0; i < messages; i++) {
      writer.say(room, "message " + i);
    }
    return room;
  }

  @Test
  void whatIsMarkedUnreadCountsAgainOnAllDevices() {
    try (TestClient alice = node.connect("alice1");
        TestClient phone = TestClient.connect(node, "bob1", "phone", "main");
        TestClient tablet = TestClient.connect(node, "bob1", "tablet", "main")) {
      String room = roomOf(alice, "bob1", 5);
      phone.ask(Requests.markRead(room, 5));

      MarkedRead marked = markUnread(phone, room, 3);

      assertThat(marked.getRead()).isEqualTo(2);
      assertThat(marked.getUnread()).isEqualTo(3);
      tablet.await(
          frame ->
              frame.getInboxUpdate().getBadge() == 3
                  && frame.getInboxUpdate().getEntries(0).getMarker().getRead() == 2);
      assertThat(list(tablet).getBadge()).isEqualTo(3);
      assertThat(list(tablet).getEntries(0).getUnread()).isEqualTo(3);
      assertThat(told(tablet, room, "bob1")).isEqualTo(2);
    }
  }

  @Test
  void othersAreStillToldWhatHadBeenRead() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = roomOf(alice, "bob2", 5);
      bob.ask(Requests.markRead(room, 4));
      alice.awaitMarker("bob2", 4, 4);

      markUnread(bob, room, 2);
      bob.send(Requests.acknowledge(room, 6, 5));

      alice.awaitMarker("bob2", 5, 4);
      bob.awaitMarker("bob2", 5, 1);
      assertThat(told(alice, room, "bob2")).isEqualTo(4);
      assertThat(bob.ask(Requests.markRead(room, 3)).getMarkedRead().getRead()).isEqualTo(3);
      assertThat(told(alice, room, "bob2")).isEqualTo(4);
      bob.ask(Requests.markRead(room, 5));
      alice.awaitMarker("bob2", 5, 5);
    }
  }

  @Test
  void ownAndDeletedMessagesDoNotCountAgain() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = roomOf(alice, "bob3", 2);
      bob.say(room, "mine");
      alice.say(room, "deleted");
      alice.say(room, "stays");
      bob.say(room, "mine again");
      alice.ask(Requests.delete(room, 4));
      Eventually.holds("sent", Duration.ofSeconds(2), () -> sql.read(room, "bob3") == 6);

      assertThat(markUnread(bob, room, 1).getUnread()).isEqualTo(3);
      assertThat(list(bob).getBadge()).isEqualTo(3);
      assertThat(list(bob).getEntries(0).getUnread()).isEqualTo(3);
      bob.ask(Requests.delete(room, 3));
      assertThat(list(bob).getBadge()).isEqualTo(3);
      assertThat(bob.ask(Requests.markRead(room, 2)).getMarkedRead().getUnread()).isEqualTo(1);
      alice.say(room, "a new one");
      assertThat(list(bob).getBadge()).isEqualTo(2);
    }
  }

  @Test
  void whatIsUnreadAlreadyStaysAsItIs() {
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4")) {
      String room = roomOf(alice, "bob4", 3);
      bob.ask(Requests.markRead(room, 1));

      assertThat(markUnread(bob, room, 3).getRead()).isEqualTo(1);
      assertThat(markUnread(bob, room, 9).getUnread()).isEqualTo(2);
      assertThat(bob.ask(PersonalRequests.markUnread(room, 0)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  void sendingAfterwardsReadsAgainAndSendingBeforeDoesNot() {
    try (TestClient alice = node.connect("alice5");
        TestClient bob = node.connect("bob5")) {
      String room = roomOf(alice, "bob5", 2);
      bob.say(room, "an answer");
      Eventually.holds("sent", Duration.ofSeconds(2), () -> sql.read(room, "bob5") == 3);
      markUnread(bob, room, 1);

      // What the safety net finds of the message that was sent before.
      sql.run(
          "select * from move_markers_v2(array[?::uuid], array['bob5'], array[0], array[3],"
              + " array[true])",
          room);
      assertThat(sql.read(room, "bob5")).isZero();
      bob.say(room, "another");

      Eventually.holds("sent", Duration.ofSeconds(2), () -> sql.read(room, "bob5") == 4);
      assertThat(list(bob).getBadge()).isZero();
    }
  }

  @Test
  void atMostAThousandBecomeUnread() {
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6")) {
      String room = roomOf(alice, "bob6", 1);
      sql.run(
          """
          insert into message (conversation_id, sequence, revision, created_at, content_hash, sender,
            client_message_id, countable_through, body)
          select ?::uuid, i, i + 1, now(), 0, 'alice6', gen_random_uuid(), i, ''
          from generate_series(2, 1500) i
          """,
          room);
      sql.run(
          "update conversation set last_sequence = 1500, revision = 1501, countable = 1500"
              + " where id = ?::uuid",
          room);
      bob.ask(Requests.markRead(room, 1_500));

      MarkedRead marked = markUnread(bob, room, 1);

      assertThat(marked.getUnread()).isEqualTo(1_000);
      assertThat(marked.getRead()).isEqualTo(500);
    }
  }
}
