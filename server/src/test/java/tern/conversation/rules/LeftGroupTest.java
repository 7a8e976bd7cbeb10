// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ClientFrame;
import tern.v1.ConversationOpened;
import tern.v1.HistoryVisibility;

/// A group that nobody is in any more, and nobody can come into.
final class LeftGroupTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static ClientFrame.Builder keyed(String key, String... others) {
    return Requests.createGroup(
        "group", key, HistoryVisibility.HISTORY_VISIBILITY_START, List.of(others));
  }

  private static String created(TestClient owner, ClientFrame.Builder request) {
    ConversationOpened opened = owner.ask(request).getConversationOpened();
    assertThat(opened.getCreated()).isTrue();
    return opened.getConversation().getConversationId();
  }

  private static boolean isErased(String room) {
    return sql.number(
            "select count(*) from conversation where id = ? and erased and key = ''",
            UUID.fromString(room))
        == 1;
  }

  @Test
  void whenTheLastMemberHasLeftItIsErasedAndItsKeyIsFree() {
    try (TestClient alice = node.connect("alice1")) {
      String room = created(alice, keyed("left-1", "carol1"));
      alice.say(room, "what stays?");

      alice.ask(Requests.remove(room, List.of("carol1")));
      alice.ask(Requests.leave(room));

      Eventually.holds("erased", SOON, () -> isErased(room));
      assertThat(
              sql.number(
                  "select count(*) from message where conversation_id = ?", UUID.fromString(room)))
          .isZero();
      assertThat(created(alice, keyed("left-1"))).isNotEqualTo(room);
    }
  }

  @Test
  void aGroupWithAMemberStays() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String kept = created(alice, keyed("left-2", "bob2"));
      String left = created(alice, keyed("left-3"));
      bob.say(kept, "still here");

      alice.ask(Requests.leave(kept));
      alice.ask(Requests.leave(left));

      Eventually.holds("erased", SOON, () -> isErased(left));
      assertThat(bob.say(kept, "and on").getSequence()).isGreaterThan(1);
    }
  }
}
