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
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.Conversation;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.Role;
import tern.v1.ServerFrame;
import tern.v1.UpdateConversation;

/// A group says who posts, adds, changes and pins; it can be frozen and slowed down.
@Tag("slow")
final class GroupRulesTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static void allows(TestClient client, ClientFrame.Builder request) {
    ServerFrame answer = client.ask(request);
    assertThat(answer.hasError()).as(answer.toString()).isFalse();
  }

  private static void forbids(TestClient client, ClientFrame.Builder request) {
    assertThat(client.ask(request).getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
  }

  private static ClientFrame.Builder message(String room) {
    return TestClient.message(room, "a word", UUID.randomUUID());
  }

  private static void set(TestClient owner, UpdateConversation.Builder update) {
    allows(owner, Requests.update(update));
  }

  // Alice owns it, mia moderates, bob is a member.
  private static String group(TestClient alice, int number) {
    String room = alice.createGroup("rules", "mia" + number, "bob" + number);
    allows(alice, Requests.setRole(room, "mia" + number, Role.ROLE_MODERATOR));
    return room;
  }

  @Test
  void newRulesTakeARevisionAndReachEveryMember() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.createGroup("rules", "bob1");

      set(alice, Requests.of(room).setPostRole(Role.ROLE_MODERATOR).setSlowModeSeconds(30));
      Changes heard = bob.awaitChanges();
      Conversation read = bob.ask(Requests.read(room)).getConversationOpened().getConversation();

      assertThat(heard.getThrough()).isEqualTo(2);
      assertThat(heard.getConversation()).isEqualTo(read);
      assertThat(read.getPostRole()).isEqualTo(Role.ROLE_MODERATOR);
      assertThat(read.getSlowModeSeconds()).isEqualTo(30);
      assertThat(List.of(read.getAddRole(), read.getRemoveRole(), read.getDeleteRole()))
          .containsOnly(Role.ROLE_MODERATOR);
      assertThat(alice.catchUp(room, alice.position(1, 0)).getFirst().getChanges())
          .satisfies(it -> assertThat(it.getConversation()).isEqualTo(read));
    }
  }

  @Test
  void whoMayPostIsTheGroupsToSay() {
    try (TestClient alice = node.connect("alice2");
        TestClient mia = node.connect("mia2");
        TestClient bob = node.connect("bob2")) {
      String room = group(alice, 2);
      long own = bob.say(room, "while I could").getSequence();

      set(alice, Requests.of(room).setPostRole(Role.ROLE_MODERATOR));

      allows(mia, message(room));
      forbids(bob, message(room));
      forbids(bob, Requests.edit(room, own, UUID.randomUUID(), "posted after all"));
      allows(bob, Requests.react(room, own, "👍"));
      allows(bob, Requests.delete(room, own));
      set(alice, Requests.of(room).setPostRole(Role.ROLE_OWNER));
      forbids(mia, message(room));
      allows(alice, message(room));
      set(alice, Requests.of(room).setPostRole(Role.ROLE_MEMBER));
      allows(bob, message(room));
    }
  }

  @Test
  void frozenGroupIsReadAndNotWritten() {
    try (TestClient alice = node.connect("alice3");
        TestClient mia = node.connect("mia3");
        TestClient bob = node.connect("bob3")) {
      String room = group(alice, 3);
      long own = bob.say(room, "before the frost").getSequence();
      allows(bob, Requests.react(room, own, "👍"));

      set(mia, Requests.of(room).setFrozen(true));

      forbids(bob, message(room));
      forbids(bob, Requests.edit(room, own, UUID.randomUUID(), "posted after all"));
      forbids(bob, Requests.react(room, own, "🎉"));
      allows(bob, Requests.unreact(room, own, "👍"));
      allows(bob, Requests.before(room, 0, 10));
      allows(bob, Requests.markRead(room, own));
      allows(mia, message(room));
      set(mia, Requests.of(room).setFrozen(false));
      allows(bob, message(room));
    }
  }

  @Test
  void frostAndMuteForbidReactionsOfThoseWhoMayNotPostAnyway() {
    try (TestClient alice = node.connect("alice20");
        TestClient bob = node.connect("bob20")) {
      String room = group(alice, 20);
      long own = bob.say(room, "before the frost").getSequence();

      set(alice, Requests.of(room).setFrozen(true).setPostRole(Role.ROLE_MODERATOR));

      forbids(bob, Requests.react(room, own, "👍"));
      set(alice, Requests.of(room).setFrozen(false));
      allows(bob, Requests.react(room, own, "👍"));
      allows(alice, Requests.mute(room, "bob20", 0));
      forbids(bob, Requests.react(room, own, "🎉"));
    }
  }

  @Test
  void repeatIsAnsweredWithTheFirstSequenceWhateverIsForbiddenSince() {
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4")) {
      String room = group(alice, 4);
      UUID id = UUID.randomUUID();
      long first = bob.ask(TestClient.message(room, "once", id)).getAccepted().getSequence();
      set(
          alice,
          Requests.of(room).setFrozen(true).setPostRole(Role.ROLE_OWNER).setSlowModeSeconds(3_600));
      allows(alice, Requests.mute(room, "bob4", 0));

      ServerFrame again = bob.ask(TestClient.message(room, "once", id));

      assertThat(again.getAccepted().getSequence()).isEqualTo(first);
      assertThat(again.getAccepted().getDuplicate()).isTrue();
    }
  }

  @Test
  void slowModeTellsAMemberHowLongToWait() {
    try (TestClient alice = node.connect("alice5");
        TestClient mia = node.connect("mia5");
        TestClient bob = node.connect("bob5")) {
      String room = group(alice, 5);
      set(mia, Requests.of(room).setSlowModeSeconds(60));
      UUID first = UUID.randomUUID();

      allows(bob, TestClient.message(room, "first", first));
      Error early = bob.ask(message(room)).getError();

      assertThat(early.getCode()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      assertThat(early.getMayRetry()).isTrue();
      assertThat(early.getRetryAfterMs()).isBetween(1, 60_000);
      allows(bob, TestClient.message(room, "first", first));
      allows(mia, message(room));
      allows(mia, message(room));
      sql.run(
          "update member set posted_at = posted_at - interval '60 s' where conversation_id = ?",
          UUID.fromString(room));
      allows(bob, message(room));
      assertThat(bob.ask(message(room)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      set(alice, Requests.of(room).setSlowModeSeconds(0));
      allows(bob, message(room));
    }
  }

  @Test
  void ofABurstInSlowModeOnlyTheFirstIsTaken() {
    try (TestClient alice = node.connect("alice6")) {
      String room = group(alice, 6);
      set(alice, Requests.of(room).setSlowModeSeconds(60));
      UUID uuid = UUID.fromString(room);
      UUID repeated = UUID.randomUUID();

      // One group of the intake: bob's message, its repeat and two more; mia's two.
      assertThat(
              sql.numbers(
                  """
                  select status from store_messages_v3(1, true, array_fill(?::uuid, array[6]),
                    array['bob6', 'bob6', 'bob6', 'bob6', 'mia6', 'mia6'],
                    array[?, ?, gen_random_uuid(), gen_random_uuid(),
                      gen_random_uuid(), gen_random_uuid()]::uuid[],
                    array[1, 1, 2, 3, 4, 5], array_fill(true, array[6]),
                    array[true, true, true, true, true, true], null, array_fill(''::text, array[6]),
                    array_fill(''::bytea, array[6]))
                  """,
                  uuid,
                  repeated,
                  repeated))
          .containsExactly(0L, 1L, 9L, 9L, 0L, 0L);
    }
  }

  @Test
  void whoMayAddIsTheGroupsToSay() {
    try (TestClient alice = node.connect("alice7");
        TestClient mia = node.connect("mia7");
        TestClient bob = node.connect("bob7")) {
      String room = group(alice, 7);

      forbids(bob, Requests.add(room, List.of("carol7")));
      set(alice, Requests.of(room).setAddRole(Role.ROLE_MEMBER));
      allows(bob, Requests.add(room, List.of("carol7")));
      forbids(bob, Requests.remove(room, List.of("carol7")));
      set(alice, Requests.of(room).setAddRole(Role.ROLE_OWNER));
      forbids(mia, Requests.add(room, List.of("dan7")));
      allows(mia, Requests.remove(room, List.of("carol7")));
    }
  }

  @Test
  void whoMayPinIsTheGroupsToSay() {
    try (TestClient alice = node.connect("alice8");
        TestClient mia = node.connect("mia8");
        TestClient bob = node.connect("bob8")) {
      String room = group(alice, 8);
      long sequence = bob.say(room, "pin me").getSequence();

      forbids(bob, Requests.pin(room, sequence));
      set(alice, Requests.of(room).setPinRole(Role.ROLE_MEMBER));
      allows(bob, Requests.pin(room, sequence));
      set(alice, Requests.of(room).setPinRole(Role.ROLE_OWNER));
      forbids(mia, Requests.unpin(room, sequence));
    }
  }

  @Test
  void whoMayChangeSettingsIsTheGroupsToSayAndTheRulesAreTheOwners() {
    try (TestClient alice = node.connect("alice9");
        TestClient mia = node.connect("mia9");
        TestClient bob = node.connect("bob9")) {
      String room = group(alice, 9);

      forbids(bob, Requests.rename(room, "bob's"));
      set(alice, Requests.of(room).setSettingsRole(Role.ROLE_MEMBER));
      allows(bob, Requests.rename(room, "bob's"));
      forbids(bob, Requests.update(Requests.of(room).setFrozen(true)));
      forbids(bob, Requests.update(Requests.of(room).setName("x").setSlowModeSeconds(1)));
      forbids(mia, Requests.update(Requests.of(room).setPostRole(Role.ROLE_MODERATOR)));
      forbids(mia, Requests.update(Requests.of(room).setRemoveRole(Role.ROLE_MEMBER)));
      forbids(mia, Requests.update(Requests.of(room).setDeleteRole(Role.ROLE_MEMBER)));
      set(alice, Requests.of(room).setSettingsRole(Role.ROLE_OWNER));
      forbids(mia, Requests.rename(room, "mia's"));
      forbids(mia, Requests.update(Requests.of(room).setSettingsRole(Role.ROLE_MODERATOR)));
      allows(mia, Requests.update(Requests.of(room).setFrozen(true)));
    }
  }

  @Test
  void slowModeLastsADayAtMost() {
    try (TestClient alice = node.connect("alice10")) {
      String room = alice.createGroup("bounds");

      allows(alice, Requests.update(Requests.of(room).setSlowModeSeconds(86_400)));
      for (int wrong : List.of(86_401, -1)) {
        assertThat(
                alice
                    .ask(Requests.update(Requests.of(room).setSlowModeSeconds(wrong)))
                    .getError()
                    .getCode())
            .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      }
    }
  }

  @Test
  void conversationOfTwoHasNoRules() {
    try (TestClient alice = node.connect("alice11")) {
      String room = alice.openDirect("bob11");

      forbids(alice, Requests.update(Requests.of(room).setFrozen(true)));
      Conversation read = alice.ask(Requests.read(room)).getConversationOpened().getConversation();
      assertThat(List.of(read.getPostRole(), read.getRemoveRole(), read.getDeleteRole()))
          .containsOnly(Role.ROLE_UNSPECIFIED);
      allows(alice, Requests.pin(room, alice.say(room, "pin me").getSequence()));
    }
  }
}
