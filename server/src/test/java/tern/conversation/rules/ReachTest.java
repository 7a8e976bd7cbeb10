// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.OpenRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.Member;
import tern.v1.Role;
import tern.v1.ServerFrame;

/// A group says who removes others and who deletes what they have sent, and brings nobody within
/// the reach of a lower role by it. Alice owns each, mia and max moderate, bob and carol are
/// members.
@Tag("slow")
final class ReachTest {
  @AutoClose
  private static final TestNode node = TestNode.start(Map.of("TERN_OPEN_USERS_CREATE", "true"));

  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static final TestClient alice = node.connect("alice");
  private static final TestClient mia = node.connect("mia");
  private static final TestClient bob = node.connect("bob");
  private static final TestClient carol = node.connect("carol");

  @AfterAll
  static void disconnect() {
    List.of(alice, mia, bob, carol).forEach(TestClient::close);
  }

  private static void allows(TestClient client, ClientFrame.Builder request) {
    ServerFrame answer = client.ask(request);
    assertThat(answer.hasError()).as(answer.toString()).isFalse();
  }

  private static void forbids(TestClient client, ClientFrame.Builder request) {
    assertThat(client.ask(request).getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
  }

  private static String group() {
    String room = alice.createGroup("reach", "mia", "max", "bob", "carol");
    allows(alice, Requests.setRole(room, "mia", Role.ROLE_MODERATOR));
    allows(alice, Requests.setRole(room, "max", Role.ROLE_MODERATOR));
    return room;
  }

  private static void removers(String room, Role least) {
    allows(alice, Requests.update(Requests.of(room).setRemoveRole(least)));
  }

  private static void deleters(String room, Role least) {
    allows(alice, Requests.update(Requests.of(room).setDeleteRole(least)));
  }

  private static List<String> members(String room) {
    return alice.ask(Requests.read(room)).getConversationOpened().getMembersList().stream()
        .map(Member::getUserId)
        .sorted()
        .toList();
  }

  private static long edited(TestClient author, String room) {
    long sequence = author.say(room, "a wrod").getSequence();
    allows(author, Requests.edit(room, sequence, UUID.randomUUID(), "a word"));
    return sequence;
  }

  private static void judges(TestClient client, String room, long sequence) {
    allows(client, Requests.edits(room, sequence));
    allows(client, Requests.delete(room, sequence));
  }

  private static void mayNotJudge(TestClient client, String room, long sequence) {
    forbids(client, Requests.edits(room, sequence));
    forbids(client, Requests.delete(room, sequence));
  }

  @Test
  void moderatorsRemoveMembersAndModeratorsUnlessTheGroupSaysOtherwise() {
    String room = group();

    forbids(bob, Requests.remove(room, List.of("carol")));
    forbids(mia, Requests.remove(room, List.of("alice")));
    allows(mia, Requests.remove(room, List.of("max", "carol")));

    assertThat(members(room)).containsExactly("alice", "bob", "mia");
  }

  @Test
  void membersWhoMayRemoveRemoveMembersAndNobodyAbove() {
    String room = group();

    removers(room, Role.ROLE_MEMBER);
    forbids(bob, Requests.remove(room, List.of("mia")));
    forbids(bob, Requests.remove(room, List.of("alice")));
    forbids(bob, Requests.remove(room, List.of("carol", "mia")));

    assertThat(members(room)).containsExactly("alice", "bob", "carol", "max", "mia");
    allows(bob, Requests.remove(room, List.of("carol", "nobody")));
    forbids(bob, Requests.add(room, List.of("carol")));
    allows(mia, Requests.remove(room, List.of("max")));
    forbids(mia, Requests.remove(room, List.of("alice")));
    assertThat(members(room)).containsExactly("alice", "bob", "mia");
  }

  @Test
  void whereOwnersRemoveModeratorsDoNotAndEverybodyLeaves() {
    String room = group();

    removers(room, Role.ROLE_OWNER);
    forbids(mia, Requests.remove(room, List.of("bob")));
    forbids(mia, Requests.remove(room, List.of("bob", "mia")));
    allows(bob, Requests.leave(room));
    allows(mia, Requests.leave(room));
    allows(alice, Requests.remove(room, List.of("max")));

    assertThat(members(room)).containsExactly("alice", "carol");
  }

  @Test
  void banTakesTheRightToRemoveWhomItRemoves() {
    String room = group();

    removers(room, Role.ROLE_OWNER);
    forbids(mia, Requests.ban(room, "bob", 0));
    allows(mia, Requests.ban(room, "stranger", 0));
    allows(alice, Requests.ban(room, "carol", 0));
    allows(mia, Requests.unban(room, "carol"));

    assertThat(members(room)).containsExactly("alice", "bob", "max", "mia");
    assertThat(alice.ask(Requests.banned(room, "", 10)).getBannedPage().getBansList())
        .singleElement()
        .matches(it -> it.getUserId().equals("stranger"));
    removers(room, Role.ROLE_MEMBER);
    forbids(bob, Requests.ban(room, "stranger", 0));
    allows(mia, Requests.ban(room, "bob", 0));
  }

  @Test
  void moderatorsDeleteWhatAnybodySentUnlessTheGroupSaysOtherwise() {
    String room = group();

    mayNotJudge(bob, room, edited(carol, room));
    judges(mia, room, edited(bob, room));
    judges(mia, room, edited(alice, room));
    deleters(room, Role.ROLE_OWNER);
    mayNotJudge(mia, room, edited(bob, room));
    judges(alice, room, edited(mia, room));
    judges(mia, room, edited(mia, room));
    judges(bob, room, edited(bob, room));
  }

  @Test
  void membersWhoMayDeleteReachMembersAndNobodyAbove() {
    String room = group();
    long carols = edited(carol, room);

    deleters(room, Role.ROLE_MEMBER);
    mayNotJudge(bob, room, edited(mia, room));
    mayNotJudge(bob, room, edited(alice, room));
    judges(mia, room, edited(alice, room));
    allows(alice, Requests.setRole(room, "carol", Role.ROLE_MODERATOR));
    mayNotJudge(bob, room, carols);
    allows(carol, Requests.leave(room));
    judges(bob, room, carols);
  }

  @Test
  void membersDeleteNothingOfTheBusinessNorOfTheServer() {
    String room = group();
    deleters(room, Role.ROLE_MEMBER);
    long first = edited(carol, room);
    sql.run(
        "update message set sender = 'business' where conversation_id = ? and sequence = ?",
        UUID.fromString(room),
        first);

    mayNotJudge(bob, room, first);
    judges(mia, room, first);
    allows(alice, Requests.rename(room, "told in the group"));
    forbids(bob, Requests.delete(room, first + 1));
  }

  @Test
  void muteAndFrostTakeTheRightToDeleteFromNobody() {
    String room = group();
    long carols = edited(carol, room);

    deleters(room, Role.ROLE_MEMBER);
    allows(alice, Requests.mute(room, "bob", 0));
    allows(alice, Requests.update(Requests.of(room).setFrozen(true)));

    judges(bob, room, carols);
  }

  @Test
  void thoseWhoWatchAreDeletedByRuleAndDeleteNobodys() {
    String room =
        alice
            .ask(OpenRequests.create(true))
            .getConversationOpened()
            .getConversation()
            .getConversationId();
    allows(alice, Requests.add(room, List.of("bob")));
    allows(carol, OpenRequests.watch(room));
    long carols = carol.say(room, "from outside").getSequence();
    long bobs = bob.say(room, "from inside").getSequence();

    forbids(bob, Requests.delete(room, carols));
    deleters(room, Role.ROLE_MEMBER);
    allows(bob, Requests.delete(room, carols));

    assertThat(carol.ask(Requests.delete(room, bobs)).getError().getCode())
        .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
  }

  @Test
  void nobodyDeletesWhatTheOtherOfTwoHasSent() {
    String room = alice.openDirect("bob");

    mayNotJudge(bob, room, edited(alice, room));
  }
}
