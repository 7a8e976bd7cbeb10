// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Accepted;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// A message may be sent as often as one likes: it is kept once.
final class RepeatedSendTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static List<ServerFrame> sentOnAllAtOnce(
      List<TestClient> sockets, ClientFrame.Builder message, int times) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      for (TestClient socket : sockets) {
        ids.add(socket.send(message.clone()));
      }
    }
    List<ServerFrame> answers = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      int id = ids.get(i);
      answers.add(sockets.get(i % sockets.size()).await(frame -> frame.getId() == id));
    }
    return answers;
  }

  private static List<TestClient> sockets(String user, int count) {
    List<TestClient> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(TestClient.connect(node, user, "device" + i, "main"));
    }
    return sockets;
  }

  @Test
  void oneIdSentAHundredTimesOnTenSocketsIsOneMessage() {
    List<TestClient> sockets = sockets("alice1", 10);
    String room = sockets.getFirst().openDirect("bob1");

    List<Accepted> answers =
        sentOnAllAtOnce(sockets, TestClient.message(room, "once", UUID.randomUUID()), 10).stream()
            .map(ServerFrame::getAccepted)
            .toList();

    assertThat(answers).hasSize(100).allMatch(answer -> answer.getSequence() == 1);
    assertThat(answers).filteredOn(answer -> !answer.getDuplicate()).hasSize(1);
    assertThat(answers.stream().map(Accepted::getRevision).distinct()).containsExactly(2L);
    assertThat(answers.stream().map(Accepted::getCreatedAtMs).distinct()).hasSize(1);
    assertThat(sql.number("select count(*) from message where sender = 'alice1'")).isEqualTo(1);
    assertThat(
            sql.number(
                "select last_sequence + revision + countable from conversation where id = ?",
                UUID.fromString(room)))
        .isEqualTo(1 + 2 + 1);
    sockets.forEach(TestClient::close);
  }

  @Test
  void sameIdWithAnotherBodyIsRefusedWhoeverIsFirst() {
    try (TestClient alice = node.connect("alice2")) {
      String room = alice.openDirect("bob2");
      UUID id = UUID.randomUUID();

      int one = alice.send(TestClient.message(room, "one", id));
      int other = alice.send(TestClient.message(room, "other", id));
      ServerFrame first = alice.await(frame -> frame.getId() == one);
      ServerFrame second = alice.await(frame -> frame.getId() == other);

      assertThat(first.getAccepted().getSequence()).isEqualTo(1);
      assertThat(second.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
      assertThat(alice.say(room, "next").getSequence()).isEqualTo(2);
    }
  }

  @Test
  void bothSendersMayChooseTheSameId() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = alice.openDirect("bob3");
      UUID id = UUID.randomUUID();

      ServerFrame first = alice.ask(TestClient.message(room, "mine", id));
      ServerFrame second = bob.ask(TestClient.message(room, "also mine", id));

      assertThat(first.getAccepted().getSequence()).isEqualTo(1);
      assertThat(second.getAccepted().getSequence()).isEqualTo(2);
      assertThat(second.getAccepted().getDuplicate()).isFalse();
    }
  }

  @Test
  void repeatIsAnsweredEvenToWhoHasLeftSince() {
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4")) {
      String room = alice.createGroup("leavers", "bob4");
      ClientFrame.Builder message = TestClient.message(room, "was it kept?", UUID.randomUUID());
      Accepted first = bob.ask(message).getAccepted();
      assertThat(bob.ask(Requests.leave(room)).hasMembersChanged()).isTrue();

      Accepted again = bob.ask(message).getAccepted();
      ServerFrame anew = bob.ask(TestClient.message(room, "one more", UUID.randomUUID()));

      assertThat(again.getDuplicate()).isTrue();
      assertThat(again.getSequence()).isEqualTo(first.getSequence());
      assertThat(anew.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void repeatIsAnsweredAfterARestartAndEvenBeyondTodaysLimits() {
    TestNode before = TestNode.start();
    ClientFrame.Builder message;
    String room;
    try (TestClient alice = before.connect("alice5")) {
      room = alice.openDirect("bob5");
      message = TestClient.message(room, "x".repeat(2_000), UUID.randomUUID());
      assertThat(alice.ask(message).getAccepted().getSequence()).isEqualTo(1);
    }
    before.close();

    try (TestNode after =
            TestNode.start(before.database(), Map.of("TERN_LIMITS_CONTENT_BYTES", "1000"));
        TestClient alice = after.connect("alice5")) {
      ServerFrame again = alice.ask(message);
      ServerFrame anew = alice.ask(TestClient.message(room, "y".repeat(2_000), UUID.randomUUID()));

      assertThat(again.getAccepted().getDuplicate()).isTrue();
      assertThat(again.getAccepted().getSequence()).isEqualTo(1);
      assertThat(anew.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_TOO_LARGE);
    }
  }

  @Test
  void idOfARefusedMessageIsFreeForASmallerOneInTheSameGroup() {
    try (TestClient alice = node.connect("alice6")) {
      String room = alice.openDirect("bob6");
      String call =
          "select status from store_messages_v3(1, true, array[?::uuid, ?::uuid],"
              + " array['alice6', 'alice6'], array[?::uuid, ?::uuid], array[1, 2]::bigint[],"
              + " array[true, true], array[false, true], null, array['', ''],"
              + " array['a', 'b']::bytea[])";
      UUID id = UUID.randomUUID();

      List<Long> statuses = sql.numbers(call, UUID.fromString(room), UUID.fromString(room), id, id);

      assertThat(statuses).containsExactly(5L, 0L);
    }
  }

  @Test
  void idOfAnAnswerToNothingIsFreeForAnotherInTheSameGroup() {
    try (TestClient alice = node.connect("alice11")) {
      UUID room = UUID.fromString(alice.openDirect("bob11"));
      alice.say(room.toString(), "the first");
      String call =
          "select %s from store_messages_v3(1, true, array[?::uuid, ?::uuid],"
              + " array['alice11', 'alice11'], array[?::uuid, ?::uuid], array[1, 2]::bigint[],"
              + " array[true, true], array[true, true], array[2, 1]::bigint[], array['', ''],"
              + " array['a', 'b']::bytea[])";
      UUID id = UUID.randomUUID();

      List<Long> statuses = sql.numbers(call.formatted("status"), room, room, id, id);
      List<Long> again = sql.numbers(call.formatted("status * 100 + seq"), room, room, id, id);

      assertThat(statuses).containsExactly(11L, 0L);
      assertThat(again).as("by now the id is another message's").containsExactly(302L, 102L);
    }
  }

  @Test
  void repeatIsToldTheFirstRevisionWhateverBecameOfTheMessageSince() {
    try (TestClient alice = node.connect("alice9")) {
      String room = alice.openDirect("bob9");
      UUID id = UUID.randomUUID();
      Accepted first = alice.ask(TestClient.message(room, "once", id)).getAccepted();
      alice.ask(Requests.edit(room, 1, UUID.randomUUID(), "twice"));
      alice.ask(Requests.react(room, 1, "👍"));

      Accepted again = alice.ask(TestClient.message(room, "once", id)).getAccepted();

      assertThat(again).isEqualTo(first.toBuilder().setDuplicate(true).build());
    }
  }
}
