// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.Conversation;
import tern.v1.ConversationOpened;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.Invitation;
import tern.v1.InvitationChanged;
import tern.v1.Member;
import tern.v1.Role;
import tern.v1.ServerFrame;

/// Who has a token, or the key of a group that is open to those who know it, becomes a member;
/// nobody else learns anything.
@Tag("slow")
final class InvitationTest {
  @AutoClose
  private static final TestNode node =
      TestNode.start(Map.of("TERN_LIMITS_FAILED_JOINS_PER_MINUTE", "6"));

  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static InvitationChanged invite(TestClient client, String room, int maxUses) {
    ServerFrame answer = client.ask(PersonalRequests.invite(room, maxUses));
    assertThat(answer.hasInvitationChanged()).as(answer.toString()).isTrue();
    return answer.getInvitationChanged();
  }

  private static ConversationOpened joined(TestClient client, ClientFrame.Builder request) {
    ServerFrame answer = client.ask(request);
    assertThat(answer.hasConversationOpened()).as(answer.toString()).isTrue();
    return answer.getConversationOpened();
  }

  private static Error refusal(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError();
  }

  private static List<Invitation> listed(TestClient client, String room) {
    return client.ask(PersonalRequests.invitations(room)).getInvitations().getInvitationsList();
  }

  private static String keyed(TestClient client, String key) {
    return client
        .ask(
            Requests.createGroup(
                "keyed", key, HistoryVisibility.HISTORY_VISIBILITY_UNSPECIFIED, List.of()))
        .getConversationOpened()
        .getConversation()
        .getConversationId();
  }

  @Test
  void whoHasATokenBecomesAMemberLikeOneWhoWasAdded() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.createGroup("team");
      alice.say(room, "before bob's time");
      InvitationChanged invitation = invite(alice, room, 0);
      alice.awaitChanges();

      ConversationOpened opened = joined(bob, PersonalRequests.join(invitation.getToken()));

      assertThat(opened.getConversation().getConversationId()).isEqualTo(room);
      assertThat(opened.getMembersList())
          .filteredOn(it -> it.getUserId().equals("bob1"))
          .allMatch(it -> it.getRole() == Role.ROLE_MEMBER && it.getVisibleFrom() == 2)
          .hasSize(1);
      Changes heard = alice.awaitChanges();
      assertThat(heard.getMembersList()).extracting(Member::getUserId).containsExactly("bob1");
      // And the message that tells of it.
      assertThat(alice.awaitChanges().getThrough()).isEqualTo(opened.getRevision());
      bob.await(frame -> frame.getInboxUpdate().getEntriesCount() > 0);
      bob.say(room, "hello");
    }
  }

  @Test
  void tokenLetsInAsManyAsItSaysAndARepeatIsHarmless() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2");
        TestClient carol = node.connect("carol2")) {
      String room = alice.createGroup("team");
      String token = invite(alice, room, 1).getToken();

      ConversationOpened first = joined(bob, PersonalRequests.join(token));
      ConversationOpened repeat = joined(bob, PersonalRequests.join(token));

      assertThat(repeat.getRevision()).isEqualTo(first.getRevision());
      assertThat(refusal(carol, PersonalRequests.join(token)).getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(listed(alice, room)).isEmpty();
    }
  }

  @Test
  void whateverIsWrongIsAnsweredAlike() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = alice.createGroup("team");
      InvitationChanged revoked = invite(alice, room, 0);
      alice.ask(PersonalRequests.uninvite(room, revoked.getInvitation().getInvitationId()));
      InvitationChanged expired = invite(alice, room, 0);
      sql.run(
          "update invitation set expires_at = now() where id = ?",
          UUID.fromString(expired.getInvitation().getInvitationId()));
      keyed(alice, "closed-3");

      Error unknown = refusal(bob, PersonalRequests.join("no such token"));

      assertThat(unknown.getCode()).isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
      assertThat(refusal(bob, PersonalRequests.join(revoked.getToken()))).isEqualTo(unknown);
      assertThat(refusal(bob, PersonalRequests.join(expired.getToken()))).isEqualTo(unknown);
      assertThat(refusal(bob, PersonalRequests.joinByKey("closed-3"))).isEqualTo(unknown);
      assertThat(refusal(bob, PersonalRequests.joinByKey("unknown-3"))).isEqualTo(unknown);
    }
  }

  @Test
  void whoGuessesMustWaitEvenWithAGoodToken() {
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4");
        TestClient carol = node.connect("carol4")) {
      String token = invite(alice, alice.createGroup("team"), 0).getToken();
      for (int i = 0; i < 6; i++) {
        refusal(bob, PersonalRequests.joinByKey("guess-" + i));
      }

      Error late = refusal(bob, PersonalRequests.join(token));

      assertThat(late.getCode()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      assertThat(late.getRetryAfterMs()).isBetween(1, 60_001);
      joined(carol, PersonalRequests.join(token));
    }
  }

  @Test
  void ownersAndModeratorsInviteAndNobodyElse() {
    try (TestClient alice = node.connect("alice5");
        TestClient bob = node.connect("bob5")) {
      String room = alice.createGroup("team", "bob5");
      String direct = alice.openDirect("bob5");
      String id = invite(alice, room, 3).getInvitation().getInvitationId();

      for (ClientFrame.Builder request :
          List.of(
              PersonalRequests.invite(room, 0),
              PersonalRequests.invitations(room),
              PersonalRequests.uninvite(room, id),
              PersonalRequests.invite(direct, 0))) {
        assertThat(refusal(bob, request).getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      }
      alice.ask(Requests.setRole(room, "bob5", Role.ROLE_MODERATOR));
      invite(bob, room, 0);
      assertThat(listed(bob, room))
          .extracting(Invitation::getCreatedById)
          .containsExactly("bob5", "alice5");
    }
  }

  @Test
  void invitationOutlivesTheOneWhoMadeIt() {
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6");
        TestClient carol = node.connect("carol6")) {
      String room = alice.createGroup("team", "bob6");
      String token = invite(alice, room, 0).getToken();

      alice.ask(Requests.leave(room));

      assertThat(joined(carol, PersonalRequests.join(token)).getMembersList())
          .extracting(Member::getUserId)
          .containsExactly("bob6", "carol6");
      assertThat(listed(bob, room)).extracting(Invitation::getUses).containsExactly(1);
    }
  }

  @Test
  void keyOpensAGroupWhoseOwnerLetsIt() {
    try (TestClient alice = node.connect("alice7");
        TestClient bob = node.connect("bob7");
        TestClient carol = node.connect("carol7")) {
      String room = keyed(alice, "open-7");
      alice.ask(Requests.add(room, List.of("carol7")));
      alice.ask(Requests.setRole(room, "carol7", Role.ROLE_MODERATOR));

      assertThat(refusal(carol, PersonalRequests.joinable(room, true)).getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(
              alice
                  .ask(PersonalRequests.joinable(room, true))
                  .getConversationChanged()
                  .getConversation()
                  .getJoinableByKey())
          .isTrue();
      carol.await(frame -> frame.getEnvelope().getChanges().getConversation().getJoinableByKey());
      assertThat(
              joined(bob, PersonalRequests.joinByKey("open-7"))
                  .getConversation()
                  .getConversationId())
          .isEqualTo(room);
      assertThat(
              alice
                  .ask(PersonalRequests.joinable(room, true))
                  .getConversationChanged()
                  .getRevision())
          .isZero();
    }
  }

  @Test
  void ruleThatIsAskedForTogetherWithTheKeyIsKept() {
    try (TestClient alice = node.connect("alice10")) {
      String room = keyed(alice, "open-10");

      Conversation changed =
          alice
              .ask(Requests.update(Requests.of(room).setJoinableByKey(true).setFrozen(true)))
              .getConversationChanged()
              .getConversation();

      assertThat(changed.getJoinableByKey()).isTrue();
      assertThat(changed.getFrozen()).isTrue();
    }
  }

  @Test
  void fullGroupTakesNobodyAndTheUseIsNotCounted() {
    List<String> others =
        java.util.stream.IntStream.range(0, 999).mapToObj(i -> "member" + i).toList();
    try (TestClient alice = node.connect("alice8");
        TestClient bob = node.connect("bob8")) {
      String room =
          alice.createGroup("full", HistoryVisibility.HISTORY_VISIBILITY_UNSPECIFIED, others);
      String token = invite(alice, room, 1).getToken();

      assertThat(refusal(bob, PersonalRequests.join(token)).getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_GROUP_FULL);
      alice.ask(Requests.remove(room, List.of("member0")));
      joined(bob, PersonalRequests.join(token));
    }
  }

  @Test
  void groupHasFiftyInvitationsAtMostAndTheTokenIsNotKept() {
    try (TestClient alice = node.connect("alice9")) {
      String room = alice.createGroup("team");
      String token = invite(alice, room, 0).getToken();
      for (int i = 1; i < 50; i++) {
        invite(alice, room, 0);
      }

      assertThat(refusal(alice, PersonalRequests.invite(room, 0)).getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
      sql.run("update invitation set expires_at = now() where conversation_id = ?::uuid", room);
      invite(alice, room, 0);
      assertThat(listed(alice, room)).hasSize(1);
      assertThat(token).hasSizeGreaterThanOrEqualTo(22);
      assertThat(
              sql.number(
                  "select count(*) from invitation i where i::text like '%' || ? || '%'", token))
          .isZero();
    }
  }
}
