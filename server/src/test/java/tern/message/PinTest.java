// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

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
import tern.v1.ErrorCode;
import tern.v1.HistoryPage;
import tern.v1.Message;
import tern.v1.MessageChanged;

/// Pinned messages are for everybody to find.
@Tag("slow")
final class PinTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static ErrorCode refusal(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getError().getCode();
  }

  private static MessageChanged changed(TestClient client, ClientFrame.Builder request) {
    return client.ask(request).getMessageChanged();
  }

  @Test
  void pinIsSeenLiveAndListed() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.openDirect("bob1");
      for (String text : List.of("one", "two", "three")) {
        alice.say(room, text);
        bob.awaitChanges();
      }

      changed(alice, Requests.pin(room, 1));
      Changes heard = bob.awaitChanges();
      changed(bob, Requests.pin(room, 3));
      HistoryPage newest = bob.ask(Requests.pinned(room, 0, 1)).getHistoryPage();
      HistoryPage older = bob.ask(Requests.pinned(room, 3, 1)).getHistoryPage();

      assertThat(heard.getMessages(0).getPinnedAtMs()).isPositive();
      assertThat(newest.getMessagesList()).extracting(Message::getSequence).containsExactly(3L);
      assertThat(newest.getHasBefore()).isTrue();
      assertThat(older.getMessagesList()).extracting(Message::getSequence).containsExactly(1L);
      assertThat(older.getHasBefore()).isFalse();
      assertThat(changed(alice, Requests.unpin(room, 3)).getMessage().getPinnedAtMs()).isZero();
    }
  }

  @Test
  void groupsArePinnedInByModeratorsAndOwners() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = alice.createGroup("board", "bob2");
      bob.say(room, "pin me");

      assertThat(refusal(bob, Requests.pin(room, 1))).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(changed(alice, Requests.pin(room, 1)).getRevision()).isEqualTo(3);
      assertThat(changed(alice, Requests.pin(room, 1)).getRevision()).isZero();
    }
  }

  @Test
  void conversationTakesFiftyPins() {
    try (TestClient alice = node.connect("alice3")) {
      String room = alice.openDirect("bob3");
      for (int i = 0; i < 2; i++) {
        alice.say(room, "pin me");
      }
      changed(alice, Requests.pin(room, 1));
      sql.run("update conversation set pinned_count = 50 where id = ?", UUID.fromString(room));

      assertThat(refusal(alice, Requests.pin(room, 2)))
          .isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
      changed(alice, Requests.delete(room, 1));
      assertThat(changed(alice, Requests.pin(room, 2)).getRevision()).isPositive();
    }
  }
}
