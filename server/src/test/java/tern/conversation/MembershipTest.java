// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.ConversationOpened;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.Member;
import tern.v1.MembersChanged;
import tern.v1.Role;

/// Who may bring in and show out whom.
final class MembershipTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static ErrorCode refusal(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError().getCode();
  }

  private static MembersChanged changed(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getMembersChanged();
  }

  private static List<String> members(TestClient client, String room) {
    return client.ask(Requests.read(room)).getConversationOpened().getMembersList().stream()
        .map(member -> member.getUserId() + " " + member.getRole())
        .toList();
  }

  private static void makeModerator(String room, String user) {
    sql.run(
        "update member set role = 2 where conversation_id = ? and user_id = ?",
        UUID.fromString(room),
        user);
  }

  private static long revision(String room) {
    return sql.number("select revision from conversation where id = ?", UUID.fromString(room));
  }

  @Test
  void membersMayNeitherAddNorRemove() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.createGroup("rights", "bob1", "carol1");

      assertThat(refusal(bob, Requests.add(room, List.of("dave1"))))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(refusal(bob, Requests.remove(room, List.of("carol1"))))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(refusal(bob, Requests.remove(room, List.of("bob1", "carol1"))))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(revision(room)).isEqualTo(1);
    }
  }

  @Test
  void moderatorsMayAddAndRemoveButNobodyRemovesAnOwner() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = alice.createGroup("rights", "bob2", "carol2");
      makeModerator(room, "bob2");

      assertThat(changed(bob, Requests.add(room, List.of("dave2"))).getRevision()).isEqualTo(2);
      assertThat(changed(bob, Requests.remove(room, List.of("carol2"))).getRevision()).isEqualTo(4);
      assertThat(refusal(bob, Requests.remove(room, List.of("dave2", "alice2"))))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(refusal(alice, Requests.remove(room, List.of("dave2", "alice2"))))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(members(alice, room))
          .containsExactly("alice2 ROLE_OWNER", "bob2 ROLE_MODERATOR", "dave2 ROLE_MEMBER");
    }
  }

  @Test
  void lastOwnerHandsOverToWhoIsThereLongest() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = alice.createGroup("heirs", "zoe3");
      alice.ask(Requests.add(room, List.of("bob3")));
      alice.ask(Requests.remove(room, List.of("zoe3")));
      alice.ask(Requests.add(room, List.of("zoe3")));

      MembersChanged left = changed(alice, Requests.leave(room));

      assertThat(left.getMembersList())
          .extracting(Member::getUserId, Member::getRemoved, Member::getRole)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("alice3", true, Role.ROLE_OWNER),
              org.assertj.core.groups.Tuple.tuple("bob3", false, Role.ROLE_OWNER));
      assertThat(members(bob, room)).containsExactly("bob3 ROLE_OWNER", "zoe3 ROLE_MEMBER");
    }
  }

  @Test
  void directConversationsNeverChange() {
    try (TestClient alice = node.connect("alice4")) {
      String room = alice.openDirect("bob4");

      assertThat(refusal(alice, Requests.add(room, List.of("carol4"))))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(refusal(alice, Requests.remove(room, List.of("bob4"))))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(refusal(alice, Requests.leave(room))).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
    }
  }

  @Test
  void whoeverWouldExceedAThousandIsRefusedAndNothingChanges() {
    List<String> many = IntStream.range(0, 989).mapToObj(i -> "many" + i).toList();
    List<String> eleven = IntStream.range(0, 11).mapToObj(i -> "more" + i).toList();
    try (TestClient alice = node.connect("alice5")) {
      String room = alice.createGroup("large", HistoryVisibility.HISTORY_VISIBILITY_JOINED, many);

      assertThat(refusal(alice, Requests.add(room, eleven)))
          .isEqualTo(ErrorCode.ERROR_CODE_GROUP_FULL);
      assertThat(revision(room)).isEqualTo(1);
      assertThat(members(alice, room)).hasSize(990);
      assertThat(changed(alice, Requests.add(room, eleven.subList(0, 10))).getMembersCount())
          .isEqualTo(10);
      assertThat(refusal(alice, Requests.add(room, eleven.subList(10, 11))))
          .isEqualTo(ErrorCode.ERROR_CODE_GROUP_FULL);
      assertThat(alice.say(room, "still speaking").getSequence()).isEqualTo(2);
    }
  }

  @Test
  void changingNothingTakesNoRevision() {
    try (TestClient alice = node.connect("alice6")) {
      String room = alice.createGroup("same", "bob6");

      assertThat(changed(alice, Requests.add(room, List.of("bob6", "alice6"))).getRevision())
          .isZero();
      assertThat(changed(alice, Requests.remove(room, List.of("nobody6"))).getRevision()).isZero();
      assertThat(changed(alice, Requests.add(room, List.of("carol6", "carol6"))).getMembersCount())
          .isEqualTo(1);
      assertThat(revision(room)).isEqualTo(3);
    }
  }

  @Test
  void everyMemberHearsOfAChangeAsAStep() {
    try (TestClient alice = node.connect("alice7");
        TestClient bob = node.connect("bob7")) {
      String room = alice.createGroup("steps", "bob7");

      alice.ask(Requests.add(room, List.of("carol7")));
      Changes heard = bob.awaitChanges();

      assertThat(heard.getAfter()).isEqualTo(1);
      assertThat(heard.getThrough()).isEqualTo(2);
      assertThat(heard.getMembers(0).getUserId()).isEqualTo("carol7");
      assertThat(heard.getMembers(0).getVisibleFrom()).isEqualTo(1);
    }
  }

  @Test
  void groupWithAKeyIsMadeOnceByEachUser() {
    ClientFrame.Builder request =
        Requests.createGroup(
            "order", "order-8", HistoryVisibility.HISTORY_VISIBILITY_START, List.of("bob8"));
    try (TestClient alice = node.connect("alice8");
        TestClient bob = node.connect("bob8")) {
      ConversationOpened first = alice.ask(request).getConversationOpened();
      ConversationOpened again = alice.ask(request).getConversationOpened();
      ConversationOpened other = bob.ask(request).getConversationOpened();

      assertThat(first.getCreated()).isTrue();
      assertThat(again.getCreated()).isFalse();
      assertThat(again.getConversation()).isEqualTo(first.getConversation());
      assertThat(other.getCreated()).isTrue();
      assertThat(other.getConversation().getConversationId())
          .isNotEqualTo(first.getConversation().getConversationId());
    }
  }

  @Test
  void keyIsAtMost128Bytes() {
    try (TestClient alice = node.connect("alice9")) {
      var visibility = HistoryVisibility.HISTORY_VISIBILITY_START;

      assertThat(refusal(alice, Requests.createGroup("k", "€".repeat(43), visibility, List.of())))
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(alice.ask(Requests.createGroup("k", "€".repeat(42), visibility, List.of())))
          .matches(answer -> answer.getConversationOpened().getCreated());
    }
  }
}
