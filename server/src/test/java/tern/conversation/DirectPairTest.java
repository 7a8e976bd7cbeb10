// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ConversationOpened;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;

/// What must exist once exists once, however many ask at the same moment.
final class DirectPairTest {
  private static final int EACH = 10;

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static List<ConversationOpened> opened(TestClient client, List<Integer> ids) {
    return ids.stream()
        .map(id -> client.await(frame -> frame.getId() == id).getConversationOpened())
        .toList();
  }

  @Test
  void twoUsersHaveOneDirectConversationWhoeverAsksAtOnce() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("Bob1")) {
      List<Integer> byAlice = new ArrayList<>();
      List<Integer> byBob = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        byAlice.add(alice.send(Requests.openDirect("Bob1")));
        byBob.add(bob.send(Requests.openDirect("alice1")));
      }

      List<ConversationOpened> answers = new ArrayList<>(opened(alice, byAlice));
      answers.addAll(opened(bob, byBob));

      assertThat(answers).hasSize(2 * EACH).filteredOn(ConversationOpened::getCreated).hasSize(1);
      assertThat(answers.stream().map(it -> it.getConversation().getConversationId()).distinct())
          .hasSize(1);
      assertThat(answers.getLast().getMembersCount()).isEqualTo(2);
      assertThat(sql.number("select count(*) from conversation where kind = 1")).isEqualTo(1);
    }
  }

  @Test
  void keyIsClaimedOnceWhoeverAsksAtOnce() {
    var request =
        Requests.createGroup(
            "order", "order-2", HistoryVisibility.HISTORY_VISIBILITY_JOINED, List.of());
    try (TestClient alice = node.connect("alice2");
        TestClient again = TestClient.connect(node, "alice2", "tablet", "main")) {
      List<Integer> ids = new ArrayList<>();
      List<Integer> others = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        ids.add(alice.send(request.clone()));
        others.add(again.send(request.clone()));
      }

      List<ConversationOpened> answers = new ArrayList<>(opened(alice, ids));
      answers.addAll(opened(again, others));

      assertThat(answers).filteredOn(ConversationOpened::getCreated).hasSize(1);
      assertThat(answers.stream().map(it -> it.getConversation().getConversationId()).distinct())
          .hasSize(1);
    }
  }

  @Test
  void nobodyHasADirectConversationWithThemselves() {
    try (TestClient alice = node.connect("alice3")) {
      assertThat(alice.ask(Requests.openDirect("alice3")).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }
}
