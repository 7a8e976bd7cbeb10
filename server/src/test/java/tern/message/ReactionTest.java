// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.Message;
import tern.v1.MessageChanged;
import tern.v1.Reaction;
import tern.v1.ReactionChange;

/// Reactions travel as what changed, and stand as counts with the first who reacted.
@Tag("slow")
final class ReactionTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static ErrorCode refusal(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError().getCode();
  }

  private static MessageChanged changed(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getMessageChanged();
  }

  private static Message newest(TestClient client, String room) {
    return client.catchUp(room, null).getFirst().getChanges().getMessagesList().getLast();
  }

  @Test
  void reactionTravelsAsWhatChanged() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.openDirect("bob1");
      alice.say(room, "react to me");
      alice.awaitChanges();

      changed(bob, Requests.react(room, 1, "👍"));
      Changes on = alice.awaitChanges();
      changed(bob, Requests.unreact(room, 1, "👍"));
      Changes off = alice.awaitChanges();

      ReactionChange.Builder expected =
          ReactionChange.newBuilder().setSequence(1).setUserId("bob1").setReaction("👍");
      assertThat(on.getMessagesList()).isEmpty();
      assertThat(on.getReactionsList()).containsExactly(expected.setOn(true).setCount(1).build());
      assertThat(off.getReactionsList()).containsExactly(expected.setOn(false).setCount(0).build());
      assertThat(off.getAfter()).isEqualTo(on.getThrough());
    }
  }

  @Test
  void pagesShowCountsFirstReactorsAndOnesOwn() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = alice.openDirect("bob2");
      alice.say(room, "react to me");
      changed(bob, Requests.react(room, 1, "🎉"));
      changed(alice, Requests.react(room, 1, "👍"));
      Message answer = changed(bob, Requests.react(room, 1, "👍")).getMessage();

      Message toAlice = newest(alice, room);

      assertThat(toAlice.getReactionsList())
          .containsExactly(reaction("🎉", "bob2"), reaction("👍", "alice2", "bob2"));
      assertThat(toAlice.getOwnReactionsList()).containsExactly("👍");
      assertThat(answer.getOwnReactionsList()).containsExactlyInAnyOrder("🎉", "👍");
      assertThat(newest(bob, room)).isEqualTo(answer);
    }
  }

  private static Reaction reaction(String text, String... users) {
    return Reaction.newBuilder()
        .setReaction(text)
        .setCount(users.length)
        .addAllUserIds(List.of(users))
        .build();
  }

  @Test
  void settingWhatIsSetTakesNoRevision() {
    try (TestClient alice = node.connect("alice3")) {
      String room = alice.openDirect("bob3");
      alice.say(room, "react to me");

      assertThat(changed(alice, Requests.unreact(room, 1, "👍")).getRevision()).isZero();
      assertThat(changed(alice, Requests.react(room, 1, "👍")).getRevision()).isEqualTo(3);
      assertThat(changed(alice, Requests.react(room, 1, "👍")).getRevision()).isZero();
      assertThat(
              sql.number("select revision from conversation where id = ?", UUID.fromString(room)))
          .isEqualTo(3);
    }
  }

  @Test
  void messageTakesTwentyKinds() {
    try (TestClient alice = node.connect("alice4")) {
      String room = alice.openDirect("bob4");
      alice.say(room, "react to me");
      for (int i = 0; i < 20; i++) {
        changed(alice, Requests.react(room, 1, "kind" + i));
      }

      assertThat(refusal(alice, Requests.react(room, 1, "kind20")))
          .isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
      changed(alice, Requests.unreact(room, 1, "kind0"));
      assertThat(changed(alice, Requests.react(room, 1, "kind20")).getRevision()).isPositive();
    }
  }

  @Test
  void reactionIsAShortWord() {
    try (TestClient alice = node.connect("alice5")) {
      String room = alice.openDirect("bob5");
      alice.say(room, "react to me");

      for (String wrong : List.of("", "x".repeat(33), "tab\there", "line\nbreak")) {
        assertThat(refusal(alice, Requests.react(room, 1, wrong)))
            .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      }
      assertThat(changed(alice, Requests.react(room, 1, "👨‍👩‍👧‍👦")).getRevision()).isPositive();
    }
  }

  @Test
  void theFirstTenAreThoseWhoStillStand() {
    try (TestNode calm = TestNode.start(Map.of("TERN_LIMITS_MESSAGES_BURST", "1000"));
        TestClient alice = calm.connect("alice6")) {
      List<String> others =
          java.util.stream.IntStream.range(0, 12).mapToObj(i -> "user" + i).toList();
      String room = alice.createGroup("crowd", others.toArray(String[]::new));
      alice.say(room, "react to me");
      for (String other : others) {
        try (TestClient client = calm.connect(other)) {
          changed(client, Requests.react(room, 1, "👍"));
        }
      }
      try (TestClient third = calm.connect("user2")) {
        changed(third, Requests.unreact(room, 1, "👍"));
      }

      Reaction reaction = newest(alice, room).getReactions(0);

      assertThat(reaction.getCount()).isEqualTo(11);
      assertThat(reaction.getUserIdsList())
          .containsExactly(
              "user0", "user1", "user3", "user4", "user5", "user6", "user7", "user8", "user9",
              "user10");
    }
  }
}
