// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.gateway.governance.SystemContents;
import tern.v1.Changes;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.InboxEntry;
import tern.v1.Message;
import tern.v1.Role;
import tern.v1.System.Kind;

/// What happens to a group is told in it.
@Tag("slow")
final class SystemMessageTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static List<Message> messages(TestClient client, String room) {
    return client.ask(Requests.before(room, 0, 100)).getHistoryPage().getMessagesList();
  }

  private static List<String> told(TestClient client, String room) {
    return messages(client, room).stream()
        .map(
            it -> {
              tern.v1.System told = it.getContent().getSystem();
              return it.getSequence()
                  + " "
                  + it.getSenderId()
                  + " "
                  + told.getKind()
                  + told.getUserIdsList()
                  + told.getText()
                  + (told.getRole() == Role.ROLE_UNSPECIFIED ? "" : told.getRole());
            })
        .toList();
  }

  private static InboxEntry entry(TestClient client, String room) {
    return client.ask(Requests.inbox(10)).getInboxPage().getEntriesList().stream()
        .filter(it -> it.getConversation().getConversationId().equals(room))
        .findFirst()
        .orElseThrow();
  }

  private static ErrorCode refusal(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError().getCode();
  }

  @Test
  void joiningIsToldAtTheNextRevisionAndTheNextSequence() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.createGroup("joining", "bob1");
      alice.say(room, "one");
      bob.awaitChanges();

      long revision =
          alice.ask(Requests.add(room, List.of("carol1"))).getMembersChanged().getRevision();
      Changes members = bob.awaitChanges();
      Changes told = bob.awaitChanges();

      assertThat(members.getThrough()).isEqualTo(revision);
      assertThat(members.getSequence()).isEqualTo(1);
      assertThat(told.getAfter()).isEqualTo(revision);
      assertThat(told.getThrough()).isEqualTo(revision + 1);
      assertThat(told.getSequence()).isEqualTo(2);
      Message message = told.getMessages(0);
      assertThat(message.getSenderId()).isEqualTo("alice1");
      assertThat(message.getCountable()).isFalse();
      assertThat(message.getContent().getSystem().getUserIdsList()).containsExactly("carol1");
      assertThat(
              alice.catchUp(room, alice.position(2, 1)).getFirst().getChanges().getMessagesList())
          .containsExactly(message);
    }
  }

  @Test
  void everyChangeThatPeopleSpeakOfIsTold() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = alice.createGroup("before", "bob2", "dan2");
      alice.ask(Requests.add(room, List.of("carol2", "bob2")));
      alice.ask(Requests.setRole(room, "bob2", Role.ROLE_MODERATOR));
      bob.ask(Requests.remove(room, List.of("dan2")));
      bob.ask(
          Requests.update(
              Requests.of(room).setName("after").setImageUrl("https://example.com/a.png")));
      alice.ask(Requests.leave(room));

      assertThat(told(bob, room))
          .containsExactly(
              "1 alice2 KIND_MEMBERS_ADDED[carol2]",
              "2 alice2 KIND_ROLE_CHANGED[bob2]ROLE_MODERATOR",
              "3 bob2 KIND_MEMBERS_REMOVED[dan2]",
              "4 bob2 KIND_RENAMED[]after",
              "5 bob2 KIND_IMAGE_CHANGED[]",
              "6 alice2 KIND_MEMBER_LEFT[alice2]",
              "7 alice2 KIND_ROLE_CHANGED[bob2]ROLE_OWNER");
    }
  }

  @Test
  void nothingIsToldOfABeginningOrOfWhatStaysAsItIs() {
    try (TestClient alice = node.connect("alice3")) {
      String room = alice.createGroup("same", "bob3");
      alice.ask(Requests.add(room, List.of("bob3")));
      alice.ask(Requests.rename(room, "same"));
      alice.ask(Requests.setRole(room, "bob3", Role.ROLE_MEMBER));
      alice.ask(Requests.update(Requests.of(room).setFrozen(true)));

      assertThat(messages(alice, room)).isEmpty();
    }
  }

  @Test
  void whoJoinsBeginsWithTheMessageThatTellsOfIt() {
    try (TestClient alice = node.connect("alice4");
        TestClient carol = node.connect("carol4")) {
      String room =
          alice.createGroup("history", HistoryVisibility.HISTORY_VISIBILITY_JOINED, List.of());
      alice.say(room, "before carol");

      long visibleFrom =
          alice
              .ask(Requests.add(room, List.of("carol4")))
              .getMembersChanged()
              .getMembers(0)
              .getVisibleFrom();

      assertThat(visibleFrom).isEqualTo(2);
      assertThat(told(carol, room)).containsExactly("2 alice4 KIND_MEMBERS_ADDED[carol4]");
    }
  }

  @Test
  void whatIsToldCountsForNobodyAndMovesNoMarker() {
    try (TestClient alice = node.connect("alice5");
        TestClient bob = node.connect("bob5")) {
      String room = alice.createGroup("unread", "bob5");
      bob.say(room, "not yet read by alice");
      Eventually.holds("sent", Duration.ofSeconds(5), () -> sql.read(room, "bob5") == 1);

      alice.ask(Requests.rename(room, "renamed"));
      InboxEntry ofAlice = entry(alice, room);
      InboxEntry ofBob = entry(bob, room);

      assertThat(ofAlice.getUnread()).isEqualTo(1);
      assertThat(ofAlice.getLastMessage().getContent().getSystem().getKind())
          .isEqualTo(Kind.KIND_RENAMED);
      assertThat(ofBob.getUnread()).isZero();
      assertThat(sql.read(room, "alice5")).isZero();
      assertThat(alice.ask(Requests.inbox(10)).getInboxPage().getBadge()).isEqualTo(1);
    }
  }

  @Test
  void nobodyChangesWhatTheServerTold() {
    try (TestClient alice = node.connect("alice6")) {
      String room = alice.createGroup("told");
      alice.ask(Requests.rename(room, "renamed"));

      for (ClientFrame.Builder request :
          List.of(
              Requests.edit(room, 1, UUID.randomUUID(), "mine"),
              Requests.delete(room, 1),
              Requests.react(room, 1, "👍"),
              Requests.pin(room, 1))) {
        assertThat(refusal(alice, request)).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      }
    }
  }

  @Test
  void changeAndWhatIsToldOfItAreOneTransactionWithOneIntakeRow() {
    try (TestClient alice = node.connect("alice7")) {
      String room = alice.createGroup("one row");
      alice.ask(
          Requests.update(Requests.of(room).setName("b").setImageUrl("https://example.com/b.png")));

      assertThat(
              sql.numbers(
                  "select unnest(revision) from intake where ? = any(conversation)",
                  UUID.fromString(room)))
          .containsExactly(2L, 3L, 4L);
    }
  }

  @Test
  void whatNobodyAnnouncedIsFoundAgain() {
    try (TestClient alice = node.connect("alice8")) {
      String room = alice.createGroup("lost");

      sql.run(
          """
          select tell_v1(1, c.group_no, ?::uuid, 'alice8', ?::bytea)
          from change_members_v1(1, ?::uuid, 'alice8', array['bob8'], array[]::text[], 10) c
          """,
          room,
          SystemContents.body(new SystemEvent.MembersAdded(List.of(new tern.id.UserId("bob8"))))
              .toByteArray(),
          room);

      assertThat(alice.awaitChanges().getMembers(0).getUserId()).isEqualTo("bob8");
      Changes told = alice.awaitChanges();
      assertThat(told.getThrough()).isEqualTo(3);
      assertThat(told.getMessages(0).getContent().getSystem().getUserIdsList())
          .containsExactly("bob8");
    }
  }
}
