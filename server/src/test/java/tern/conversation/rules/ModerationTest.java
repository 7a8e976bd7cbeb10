// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Ban;
import tern.v1.BannedPage;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.Member;
import tern.v1.MembersChanged;
import tern.v1.Role;
import tern.v1.ServerFrame;
import tern.v1.System.Kind;

/// Who leads a group mutes members and bans users.
@Tag("slow")
final class ModerationTest {
  private static final long FOR_GOOD = 9_007_199_254_740_991L;

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static ServerFrame allows(TestClient client, ClientFrame.Builder request) {
    ServerFrame answer = client.ask(request);
    assertThat(answer.hasError()).as(answer.toString()).isFalse();
    return answer;
  }

  private static void refuses(ErrorCode code, TestClient client, ClientFrame.Builder request) {
    assertThat(client.ask(request).getError().getCode()).isEqualTo(code);
  }

  private static void forbids(TestClient client, ClientFrame.Builder request) {
    refuses(ErrorCode.ERROR_CODE_FORBIDDEN, client, request);
  }

  private static ClientFrame.Builder message(String room) {
    return TestClient.message(room, "a word", UUID.randomUUID());
  }

  private static long inAnHour() {
    return System.currentTimeMillis() + 3_600_000;
  }

  // Alice owns it, mia moderates, bob is a member.
  private static String group(TestClient alice, int number) {
    String room = alice.createGroup("led", "mia" + number, "bob" + number);
    allows(alice, Requests.setRole(room, "mia" + number, Role.ROLE_MODERATOR));
    return room;
  }

  @Test
  void mutedMemberReadsAndDoesNotWriteAndEverybodySeesIt() {
    try (TestClient alice = node.connect("alice1");
        TestClient mia = node.connect("mia1");
        TestClient bob = node.connect("bob1")) {
      String room = group(alice, 1);
      long own = bob.say(room, "before").getSequence();
      long until = inAnHour();

      Member muted =
          allows(mia, Requests.mute(room, "bob1", until)).getMembersChanged().getMembers(0);
      Changes heard =
          bob.await(it -> it.getEnvelope().getChanges().getMembersList().contains(muted))
              .getEnvelope()
              .getChanges();

      assertThat(muted.getMutedUntilMs()).isEqualTo(until);
      assertThat(heard.getThrough()).isEqualTo(muted.getRevision());
      forbids(bob, message(room));
      forbids(bob, Requests.edit(room, own, UUID.randomUUID(), "posted after all"));
      forbids(bob, Requests.react(room, own, "👍"));
      allows(bob, Requests.before(room, 0, 10));
      allows(bob, Requests.delete(room, own));
      allows(mia, Requests.unmute(room, "bob1"));
      allows(bob, message(room));
    }
  }

  @Test
  void muteEndsByItself() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = group(alice, 2);
      allows(alice, Requests.mute(room, "bob2", inAnHour()));

      sql.run(
          "update member set muted_until = clock_timestamp() where user_id = 'bob2'"
              + " and conversation_id = ?",
          UUID.fromString(room));

      allows(bob, message(room));
    }
  }

  @Test
  void muteOutlastsANewRoleAndComingBack() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = group(alice, 3);
      allows(alice, Requests.mute(room, "bob3", 0));
      allows(bob, Requests.leave(room));

      MembersChanged back = allows(alice, Requests.add(room, List.of("bob3"))).getMembersChanged();

      assertThat(back.getMembers(0).getMutedUntilMs()).isEqualTo(FOR_GOOD);
      forbids(bob, message(room));
      assertThat(
              allows(alice, Requests.setRole(room, "bob3", Role.ROLE_MODERATOR))
                  .getMembersChanged()
                  .getMembers(0)
                  .getMutedUntilMs())
          .isEqualTo(FOR_GOOD);
      forbids(bob, Requests.unmute(room, "bob3"));
    }
  }

  @Test
  void onlyAHigherRoleMutesAndBans() {
    try (TestClient alice = node.connect("alice4");
        TestClient mia = node.connect("mia4");
        TestClient bob = node.connect("bob4")) {
      String room = group(alice, 4);
      allows(alice, Requests.add(room, List.of("moe4")));
      allows(alice, Requests.setRole(room, "moe4", Role.ROLE_MODERATOR));

      for (String other : List.of("alice4", "moe4", "mia4")) {
        forbids(mia, Requests.mute(room, other, 0));
        forbids(mia, Requests.ban(room, other, 0));
      }
      forbids(bob, Requests.mute(room, "moe4", 0));
      forbids(bob, Requests.ban(room, "nobody4", 0));
      forbids(alice, Requests.ban(room, "alice4", 0));
      allows(alice, Requests.mute(room, "moe4", 0));
      allows(alice, Requests.ban(room, "moe4", 0));
      refuses(ErrorCode.ERROR_CODE_INVALID_ARGUMENT, mia, Requests.mute(room, "eve4", 0));
    }
  }

  @Test
  void endOfAMuteOrBanLiesAhead() {
    try (TestClient alice = node.connect("alice5")) {
      String room = group(alice, 5);

      for (long wrong : List.of(1L, -1L, Long.MIN_VALUE)) {
        refuses(ErrorCode.ERROR_CODE_INVALID_ARGUMENT, alice, Requests.mute(room, "bob5", wrong));
        refuses(ErrorCode.ERROR_CODE_INVALID_ARGUMENT, alice, Requests.ban(room, "bob5", wrong));
      }
      assertThat(
              allows(alice, Requests.mute(room, "bob5", Long.MAX_VALUE))
                  .getMembersChanged()
                  .getMembers(0)
                  .getMutedUntilMs())
          .isEqualTo(FOR_GOOD);
    }
  }

  @Test
  void whoIsBannedIsRemovedAndToldAndDoesNotComeBack() {
    try (TestClient alice = node.connect("alice6");
        TestClient mia = node.connect("mia6");
        TestClient bob = node.connect("bob6")) {
      String room = group(alice, 6);

      MembersChanged banned = allows(mia, Requests.ban(room, "bob6", 0)).getMembersChanged();
      bob.await(it -> it.getInboxUpdate().getEntriesList().stream().anyMatch(e -> e.getRemoved()));

      assertThat(banned.getMembers(0).getRemoved()).isTrue();
      assertThat(
              alice
                  .ask(Requests.before(room, 0, 1))
                  .getHistoryPage()
                  .getMessages(0)
                  .getContent()
                  .getSystem()
                  .getKind())
          .isEqualTo(Kind.KIND_MEMBERS_REMOVED);
      refuses(ErrorCode.ERROR_CODE_NOT_FOUND, bob, Requests.read(room));
      forbids(alice, Requests.add(room, List.of("carol6", "bob6")));
      allows(mia, Requests.unban(room, "bob6"));
      allows(alice, Requests.add(room, List.of("bob6")));
    }
  }

  @Test
  void banThatHasEndedIsNone() {
    try (TestClient alice = node.connect("alice7")) {
      String room = group(alice, 7);
      allows(alice, Requests.ban(room, "bob7", inAnHour()));

      sql.run(
          "update ban set until = clock_timestamp() where conversation_id = ?",
          UUID.fromString(room));

      assertThat(allows(alice, Requests.banned(room, "", 0)).getBannedPage().getBansList())
          .isEmpty();
      allows(alice, Requests.add(room, List.of("bob7")));
    }
  }

  @Test
  void usersCanBeBannedAheadAndAreListedByPage() {
    try (TestClient alice = node.connect("alice8");
        TestClient mia = node.connect("mia8");
        TestClient bob = node.connect("bob8")) {
      String room = group(alice, 8);
      long until = inAnHour();
      for (String user : List.of("zoe8", "eve8", "Dan8")) {
        assertThat(allows(mia, Requests.ban(room, user, until)).getMembersChanged().getRevision())
            .isZero();
      }

      BannedPage first = allows(alice, Requests.banned(room, "", 2)).getBannedPage();
      BannedPage last = allows(alice, Requests.banned(room, "eve8", 2)).getBannedPage();

      assertThat(first.getBansList()).extracting(Ban::getUserId).containsExactly("Dan8", "eve8");
      assertThat(first.getHasAfter()).isTrue();
      assertThat(last.getBansList()).extracting(Ban::getUserId).containsExactly("zoe8");
      assertThat(last.getHasAfter()).isFalse();
      assertThat(last.getBans(0).getBannedById()).isEqualTo("mia8");
      assertThat(last.getBans(0).getUntilMs()).isEqualTo(until);
      forbids(bob, Requests.banned(room, "", 2));
    }
  }

  @Test
  void conversationOfTwoHasNoModeration() {
    try (TestClient alice = node.connect("alice9")) {
      String room = alice.openDirect("bob9");

      forbids(alice, Requests.mute(room, "bob9", 0));
      forbids(alice, Requests.ban(room, "bob9", 0));
      forbids(alice, Requests.banned(room, "", 0));
      forbids(alice, Requests.deleteGroup(room));
    }
  }
}
