// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.CatchUpPage;
import tern.v1.ErrorCode;
import tern.v1.Position;
import tern.v1.Reset.Reason;
import tern.v1.ServerFrame;

/// A position that can't be continued from is answered with a reset that says why; every reason has
/// its cause here.
@Tag("slow")
final class ResetTest {
  private static final Set<Reason> SEEN = Collections.synchronizedSet(new TreeSet<>());

  @AutoClose
  private static final TestNode node = TestNode.start(Map.of("TERN_CATCH_UP_MAX_BEHIND", "60"));

  @AutoClose private static final TestSql sql = TestSql.of(node);

  @AfterAll
  static void everyReasonHasBeenSeen() {
    assertThat(SEEN).hasSize(Reason.values().length - 2);
  }

  private static CatchUpPage reset(
      TestClient client, String room, Position position, Reason reason) {
    CatchUpPage page = client.ask(Requests.catchUp(room, position)).getCatchUpPage();
    assertThat(page.getReset().getReason()).isEqualTo(reason);
    assertThat(page.getChanges().getAfter()).isZero();
    assertThat(page.getChanges().hasConversation()).isTrue();
    assertThat(page.getLive()).isTrue();
    SEEN.add(reason);
    return page;
  }

  private static String filled(TestClient client, String peer, int count) {
    String room = client.openDirect(peer);
    for (int i = 1; i <= count; i++) {
      client.say(room, "message " + i);
    }
    return room;
  }

  @Test
  void noPositionOpensAConversationWithItsNewestPage() {
    try (TestClient alice = node.connect("alice1")) {
      String room = filled(alice, "bob1", 55);

      CatchUpPage page = alice.ask(Requests.catchUp(room)).getCatchUpPage();

      assertThat(page.getReset().getReason()).isEqualTo(Reason.REASON_NO_POSITION);
      assertThat(page.getChanges().getMessagesCount()).isEqualTo(50);
      assertThat(page.getChanges().getMessages(0).getSequence()).isEqualTo(6);
      assertThat(page.getHasBefore()).isTrue();
      assertThat(page.getChanges().getMembersCount()).isEqualTo(2);
      assertThat(page.getMarkersCount()).isEqualTo(2);
      SEEN.add(Reason.REASON_NO_POSITION);
    }
  }

  @Test
  void positionOfAnotherEpochIsReset() {
    try (TestClient alice = node.connect("alice2")) {
      String room = filled(alice, "bob2", 2);

      reset(
          alice, room, alice.position(2, 1).toBuilder().setEpoch("x").build(), Reason.REASON_EPOCH);
      reset(
          alice, room, alice.position(2, 1).toBuilder().setEpoch("").build(), Reason.REASON_EPOCH);
    }
  }

  @Test
  void positionBeyondTheHeadIsReset() {
    try (TestClient alice = node.connect("alice3")) {
      String room = filled(alice, "bob3", 2);

      reset(alice, room, alice.position(4, 2), Reason.REASON_BEYOND_HEAD);
      reset(alice, room, alice.position(3, 3), Reason.REASON_BEYOND_HEAD);
      reset(alice, room, alice.position(Long.MAX_VALUE, Long.MAX_VALUE), Reason.REASON_BEYOND_HEAD);
      reset(alice, room, alice.position(1L << 32, 1), Reason.REASON_BEYOND_HEAD);
    }
  }

  @Test
  void positionBeyondALongIsNoPosition() {
    try (TestClient alice = node.connect("alice4")) {
      String room = filled(alice, "bob4", 2);

      for (Position position : List.of(alice.position(-1, 1), alice.position(1, Long.MIN_VALUE))) {
        ServerFrame answer = alice.ask(Requests.catchUp(room, position));
        assertThat(answer.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      }
      assertThat(alice.catchUp(room, alice.position(2, 1)).getLast().getLive()).isTrue();
    }
  }

  @Test
  void positionBeforeWhatIsKeptIsReset() {
    try (TestClient alice = node.connect("alice5")) {
      String room = filled(alice, "bob5", 20);
      UUID id = UUID.fromString(room);
      sql.run("delete from message where conversation_id = ? and sequence < 11", id);
      sql.run("update conversation set first_sequence = 11 where id = ?", id);

      CatchUpPage page = reset(alice, room, alice.position(10, 9), Reason.REASON_BEFORE_FIRST);
      CatchUpPage edge = alice.catchUp(room, alice.position(11, 10)).getFirst();

      assertThat(page.getChanges().getMessages(0).getSequence()).isEqualTo(11);
      assertThat(page.getHasBefore()).isFalse();
      assertThat(edge.hasReset()).isFalse();
      assertThat(edge.getChanges().getMessagesCount()).isEqualTo(10);
    }
  }

  @Test
  void positionFromBeforeAReturnIsReset() {
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6")) {
      String room = alice.createGroup("revolving door", "bob6");
      alice.say(room, "first stay");
      bob.ask(Requests.leave(room));
      alice.say(room, "while away");
      alice.ask(Requests.add(room, List.of("bob6")));
      alice.say(room, "second stay");

      CatchUpPage page = reset(bob, room, bob.position(2, 1), Reason.REASON_REJOINED);

      assertThat(page.getChanges().getMessagesList().stream().map(TestClient::text))
          .as("what tells of the return, and what follows")
          .containsExactly("", "second stay");
      assertThat(page.getHasBefore()).isFalse();
    }
  }

  @Test
  void moreComersAndGoersThanCanBeMembersAreNotListed() {
    try (TestClient alice = node.connect("alice8")) {
      String room = alice.createGroup("station", "bob8");
      for (int i = 0; i < 11; i++) {
        int train = i;
        List<String> passengers =
            IntStream.range(0, 100).mapToObj(seat -> "p" + train + "." + seat).toList();
        alice.ask(Requests.add(room, passengers));
        alice.ask(Requests.remove(room, passengers));
      }

      CatchUpPage page = reset(alice, room, alice.position(1, 0), Reason.REASON_TOO_FAR_BEHIND);

      assertThat(page.getChanges().getMembersList()).hasSize(2);
    }
  }

  @Test
  void positionTooFarBehindIsResetAndTheLastOneBeforeThatIsNot() {
    try (TestClient alice = node.connect("alice7")) {
      String room = filled(alice, "bob7", 64);
      List<Long> heard = new ArrayList<>();

      reset(alice, room, alice.position(4, 3), Reason.REASON_TOO_FAR_BEHIND);
      for (CatchUpPage page : alice.catchUp(room, alice.position(5, 4))) {
        assertThat(page.hasReset()).isFalse();
        page.getChanges().getMessagesList().forEach(it -> heard.add(it.getSequence()));
      }

      assertThat(heard).hasSize(60).startsWith(5L).endsWith(64L);
    }
  }
}
