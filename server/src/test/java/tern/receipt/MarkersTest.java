// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.MarkedRead;
import tern.v1.Marker;
import tern.v1.ServerFrame;

/// Markers only grow, never pass the head, and are told to those whom they concern.
final class MarkersTest {
  private static final Duration FLUSHED = Duration.ofSeconds(2);

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static MarkedRead markRead(TestClient client, String room, long sequence) {
    return client.ask(Requests.markRead(room, sequence)).getMarkedRead();
  }

  @Test
  void readMarkerNeverGoesBack() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.openDirect("bob1");
      for (int i = 0; i < 5; i++) {
        alice.say(room, "message " + i);
      }

      assertThat(markRead(bob, room, 3).getRead()).isEqualTo(3);
      assertThat(markRead(bob, room, 3).getUnread()).isEqualTo(2);
      assertThat(markRead(bob, room, 1).getRead()).isEqualTo(3);
      assertThat(markRead(bob, room, Long.MAX_VALUE).getRead()).isEqualTo(5);
      assertThat(markRead(bob, room, 1).getUnread()).isZero();
      assertThat(bob.ask(Requests.markRead(room, 0)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(bob.ask(Requests.markRead(room, -1)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  @Tag("slow")
  void deliveredMarkerNeverGoesBackNorPastTheHead() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = alice.openDirect("bob2");
      alice.say(room, "one");
      alice.say(room, "two");

      bob.send(Requests.acknowledge(room, Long.MAX_VALUE, Long.MAX_VALUE));
      Eventually.holds("delivered", FLUSHED, () -> sql.delivered(room, "bob2") == 2);
      bob.send(Requests.acknowledge(room, 2, 1));
      Eventually.passes(Duration.ofMillis(800));

      assertThat(sql.delivered(room, "bob2")).isEqualTo(2);
      alice.awaitMarker("bob2", 2, 0);
      List<Marker> markers = alice.catchUp(room, null).getLast().getMarkersList();
      assertThat(markers)
          .filteredOn(it -> it.getUserId().equals("bob2"))
          .allMatch(it -> it.getDelivered() == 2 && it.getRead() == 0)
          .hasSize(1);
    }
  }

  @Test
  void whoReadsHasReceived() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = alice.openDirect("bob3");
      alice.say(room, "one");

      bob.ask(Requests.markRead(room, 1));

      alice.awaitMarker("bob3", 1, 1);
      bob.awaitMarker("bob3", 1, 1);
    }
  }

  @Test
  @Tag("slow")
  void acknowledgementOfANonMemberIsIgnored() {
    try (TestClient alice = node.connect("alice4");
        TestClient mallory = node.connect("mallory4")) {
      String room = alice.openDirect("bob4");
      alice.say(room, "not for mallory");

      mallory.send(Requests.acknowledge(room, 2, 1));
      mallory.send(Requests.acknowledge(UUID.randomUUID().toString(), 2, 1));
      Eventually.passes(Duration.ofMillis(1_200));

      assertThat(
              sql.number(
                  "select count(*) from member where conversation_id = ?", UUID.fromString(room)))
          .isEqualTo(2);
      assertThat(mallory.heard()).isEmpty();
      assertThat(alice.heard())
          .noneMatch(frame -> frame.getReceipt().toString().contains("mallory4"));
    }
  }

  @Test
  void malformedAcknowledgementWithoutAnIdIsNotAnswered() {
    try (TestClient alice = node.connect("alice5")) {
      alice.sendBytes(Requests.acknowledge("no id", 1, 1).build().toByteArray());
      alice.sendBytes(Requests.typing(UUID.randomUUID().toString()).build().toByteArray());
      Eventually.passes(Duration.ofMillis(300));

      assertThat(alice.heard()).noneMatch(ServerFrame::hasError);
      assertThat(alice.ask(Requests.acknowledge("no id", 1, 1)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  @Tag("slow")
  void largeGroupsTellNoMarkersButOnesOwn() {
    List<String> others = IntStream.range(0, 100).mapToObj(i -> "other" + i).toList();
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("other0")) {
      String room = alice.createGroup("101", HistoryVisibility.HISTORY_VISIBILITY_START, others);
      alice.say(room, "to a hundred");

      bob.ask(Requests.markRead(room, 1));
      Eventually.passes(Duration.ofMillis(1_500));

      assertThat(alice.heard()).noneMatch(ServerFrame::hasReceipt);
      assertThat(bob.catchUp(room, null).getLast().getMarkersList())
          .extracting(Marker::getUserId)
          .containsExactly("other0");
    }
  }

  @Test
  @Tag("slow")
  void receiptsOfAConversationComeAtMostOnceASecond() {
    try (TestClient alice = node.connect("alice7");
        TestClient bob = node.connect("bob7")) {
      String room = alice.openDirect("bob7");
      long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();

      for (int i = 1; System.nanoTime() < end; i++) {
        alice.send(TestClient.message(room, "message", UUID.randomUUID()));
        bob.send(Requests.acknowledge(room, i + 1, i));
        Eventually.passes(Duration.ofMillis(40));
      }

      assertThat(alice.heard()).filteredOn(ServerFrame::hasReceipt).hasSizeBetween(3, 6);
    }
  }
}
