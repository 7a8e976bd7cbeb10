// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ClientFrame;
import tern.v1.Content;
import tern.v1.ErrorCode;
import tern.v1.InboxEntry;
import tern.v1.Message;
import tern.v1.MessageChanged;

/// A deleted message is an empty place.
final class DeleteTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static ErrorCode refusal(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError().getCode();
  }

  private static MessageChanged changed(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getMessageChanged();
  }

  private static void assertEmpty(Message message, String deletedBy) {
    assertThat(message.getDeletedAtMs()).isPositive();
    assertThat(message.getDeletedById()).isEqualTo(deletedBy);
    assertThat(message.getContent()).isEqualTo(Content.getDefaultInstance());
    assertThat(message.getReactionsCount()).isZero();
    assertThat(message.getPinnedAtMs()).isZero();
    assertThat(message.getEditedAtMs()).isZero();
  }

  @Test
  void nothingIsLeftAnywhereOfWhatItHeld() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.openDirect("bob1");
      alice.say(room, "canary one");
      changed(alice, Requests.edit(room, 1, UUID.randomUUID(), "canary two"));
      changed(bob, Requests.react(room, 1, "👍"));
      changed(bob, Requests.pin(room, 1));

      MessageChanged answer = changed(alice, Requests.delete(room, 1));

      assertEmpty(answer.getMessage(), "alice1");
      bob.await(f -> f.getEnvelope().getChanges().getThrough() == answer.getRevision());
      assertEmpty(bob.catchUp(room, null).getFirst().getChanges().getMessages(0), "alice1");
      assertEmpty(
          bob.ask(Requests.inbox(1)).getInboxPage().getEntries(0).getLastMessage(), "alice1");
      assertThat(bob.ask(Requests.pinned(room, 0, 10)).getHistoryPage().getMessagesCount())
          .isZero();
      assertThat(alice.ask(Requests.edits(room, 1)).getMessageEdits().getEditsCount()).isZero();
      ByteString canary = ByteString.copyFromUtf8("canary");
      assertThat(
              sql.number(
                  "select (select count(*) from message where position(?::bytea in body) > 0)"
                      + " + (select count(*) from message_edit where position(?::bytea in body) > 0)",
                  canary.toByteArray(),
                  canary.toByteArray()))
          .isZero();
    }
  }

  @Test
  void sendersAndModeratorsDelete() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2");
        TestClient carol = node.connect("carol2")) {
      String room = alice.createGroup("rights", "bob2", "carol2");
      bob.say(room, "one");
      alice.say(room, "two");

      assertThat(refusal(carol, Requests.delete(room, 1)))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertEmpty(changed(alice, Requests.delete(room, 1)).getMessage(), "alice2");
      assertThat(refusal(bob, Requests.delete(room, 2))).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
    }
  }

  @Test
  void nobodyDeletesTheOthersMessageInADirect() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = alice.openDirect("bob3");
      alice.say(room, "mine");

      assertThat(refusal(bob, Requests.delete(room, 1))).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
    }
  }

  @Test
  void deletedMessageTakesNothingButDeletingAgain() {
    try (TestClient alice = node.connect("alice4")) {
      String room = alice.openDirect("bob4");
      UUID id = UUID.randomUUID();
      alice.ask(TestClient.message(room, "gone", id));
      changed(alice, Requests.delete(room, 1));

      assertThat(changed(alice, Requests.delete(room, 1)).getRevision()).isZero();
      for (ClientFrame.Builder request :
          List.of(
              Requests.edit(room, 1, UUID.randomUUID(), "back"),
              Requests.react(room, 1, "👍"),
              Requests.pin(room, 1))) {
        assertThat(refusal(alice, request)).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      }
      assertThat(alice.ask(TestClient.message(room, "gone", id)).getAccepted().getDuplicate())
          .isTrue();
      assertThat(refusal(alice, TestClient.message(room, "other", id)))
          .isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
    }
  }

  @Test
  void deletedMessagesAreNotUnread() {
    try (TestClient alice = node.connect("alice5");
        TestClient bob = node.connect("bob5")) {
      String room = alice.openDirect("bob5");
      for (String text : List.of("one", "two", "three")) {
        alice.say(room, text);
      }
      bob.ask(Requests.markRead(room, 1));

      changed(alice, Requests.delete(room, 1));
      assertThat(unread(bob)).isEqualTo(2);
      changed(alice, Requests.delete(room, 2));
      assertThat(unread(bob)).isEqualTo(1);
      assertThat(bob.ask(Requests.inbox(1)).getInboxPage().getBadge()).isEqualTo(1);
      assertThat(bob.ask(Requests.markRead(room, 2)).getMarkedRead().getUnread()).isEqualTo(1);
      assertThat(bob.ask(Requests.markRead(room, 3)).getMarkedRead().getUnread()).isZero();
    }
  }

  private static int unread(TestClient client) {
    InboxEntry entry = client.ask(Requests.inbox(1)).getInboxPage().getEntries(0);
    return entry.getUnread();
  }
}
