// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

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
import tern.v1.Edit;
import tern.v1.ErrorCode;
import tern.v1.Message;
import tern.v1.MessageChanged;

/// Who may put what into a message that stands.
@Tag("slow")
final class EditTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static ErrorCode refusal(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError().getCode();
  }

  private static MessageChanged changed(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getMessageChanged();
  }

  @Test
  void editReachesEveryMemberWithItsRevisionAndLeavesTheHeaders() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.openDirect("bob1");
      ClientFrame.Builder first = TestClient.message(room, "helo", UUID.randomUUID());
      first.getSendMessageBuilder().setSilent(true).setUrgent(true).putMetadata("order", "1");
      alice.ask(first);
      bob.awaitChanges();

      MessageChanged answer = changed(alice, Requests.edit(room, 1, UUID.randomUUID(), "hello"));
      Changes heard = bob.awaitChanges();

      assertThat(answer.getRevision()).isEqualTo(3);
      assertThat(heard.getAfter()).isEqualTo(2);
      assertThat(heard.getThrough()).isEqualTo(3);
      assertThat(heard.getSequence()).isEqualTo(1);
      Message message = heard.getMessages(0);
      assertThat(message).isEqualTo(answer.getMessage());
      assertThat(TestClient.text(message)).isEqualTo("hello");
      assertThat(message.getEditedAtMs()).isGreaterThanOrEqualTo(message.getCreatedAtMs());
      assertThat(message.getSilent() && message.getUrgent() && message.getCountable()).isTrue();
      assertThat(message.getMetadataCount()).isZero();
    }
  }

  @Test
  void repeatedEditIsHarmlessEvenAfterALaterOne() {
    try (TestClient alice = node.connect("alice2")) {
      String room = alice.openDirect("bob2");
      alice.say(room, "one");
      UUID second = UUID.randomUUID();
      long revision = changed(alice, Requests.edit(room, 1, second, "two")).getRevision();
      changed(alice, Requests.edit(room, 1, UUID.randomUUID(), "three"));

      MessageChanged again = changed(alice, Requests.edit(room, 1, second, "two"));

      assertThat(again.getRevision()).isEqualTo(revision);
      assertThat(TestClient.text(again.getMessage())).isEqualTo("three");
      assertThat(refusal(alice, Requests.edit(room, 1, second, "other")))
          .isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
    }
  }

  @Test
  void onlyTheSenderEdits() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3");
        TestClient eve = node.connect("eve3")) {
      String room = alice.createGroup("rights", "bob3");
      bob.say(room, "mine");

      assertThat(refusal(alice, Requests.edit(room, 1, UUID.randomUUID(), "yours")))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(eve.ask(Requests.edit(room, 1, UUID.randomUUID(), "yours")).getError())
          .isEqualTo(
              eve.ask(Requests.edit(UUID.randomUUID().toString(), 1, UUID.randomUUID(), "yours"))
                  .getError());
      assertThat(refusal(bob, Requests.edit(room, 2, UUID.randomUUID(), "none")))
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void editComesTooLateAfterTheWindow() {
    try (TestNode strict = TestNode.start(Map.of("TERN_LIMITS_EDIT_WINDOW", "0s"));
        TestClient alice = strict.connect("alice4")) {
      String room = alice.openDirect("bob4");
      alice.say(room, "for ever");

      assertThat(refusal(alice, Requests.edit(room, 1, UUID.randomUUID(), "not")))
          .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(alice.welcome().getLimits().getEditWindowMs()).isZero();
    }
  }

  @Test
  void earlierVersionsAreForTheSenderAndModerators() {
    try (TestClient alice = node.connect("alice5");
        TestClient bob = node.connect("bob5");
        TestClient carol = node.connect("carol5")) {
      String room = alice.createGroup("versions", "bob5", "carol5");
      bob.say(room, "one");
      changed(bob, Requests.edit(room, 1, UUID.randomUUID(), "two"));
      changed(bob, Requests.edit(room, 1, UUID.randomUUID(), "three"));

      for (TestClient reader : new TestClient[] {alice, bob}) {
        assertThat(reader.ask(Requests.edits(room, 1)).getMessageEdits().getEditsList())
            .extracting(edit -> edit.getContent().getText().getText())
            .containsExactly("two", "one");
      }
      assertThat(refusal(carol, Requests.edits(room, 1))).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
    }
  }

  @Test
  void messageTakesAHundredEdits() {
    try (TestNode generous = TestNode.start(Map.of("TERN_LIMITS_MESSAGES_BURST", "1000"));
        TestClient alice = generous.connect("alice6")) {
      String room = alice.openDirect("bob6");
      alice.say(room, "version 0");
      for (int i = 1; i <= 100; i++) {
        alice.ask(Requests.edit(room, 1, UUID.randomUUID(), "version " + i));
      }

      assertThat(refusal(alice, Requests.edit(room, 1, UUID.randomUUID(), "one more")))
          .isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
      assertThat(alice.ask(Requests.edits(room, 1)).getMessageEdits().getEditsList())
          .extracting(Edit::getRevision)
          .hasSize(100)
          .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }
  }

  @Test
  void editIsBoundedLikeAMessage() {
    try (TestClient alice = node.connect("alice7")) {
      String room = alice.openDirect("bob7");
      alice.say(room, "short");

      assertThat(refusal(alice, Requests.edit(room, 1, UUID.randomUUID(), "x".repeat(20_000))))
          .isEqualTo(ErrorCode.ERROR_CODE_TOO_LARGE);
      assertThat(refusal(alice, Requests.edit(room, 1, UUID.randomUUID(), "")))
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(refusal(alice, Requests.edit(room, 0, UUID.randomUUID(), "zero")))
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(
              sql.number("select revision from conversation where id = ?", UUID.fromString(room)))
          .isEqualTo(2);
    }
  }
}
