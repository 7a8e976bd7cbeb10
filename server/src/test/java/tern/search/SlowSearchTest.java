// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ServerFrame;

/// Searches that take long hold up other searches, and nothing else.
@Tag("slow")
final class SlowSearchTest {
  private static final int MORE_THAN_ALL_TURNS = 30;

  @Test
  void whoAsksForSomethingElseDoesNotWaitBehindSearches() {
    try (TestNode node = TestNode.start(Map.of("TERN_DATABASE_POOL_SIZE", "6"));
        TestSql sql = TestSql.of(node);
        TestClient alice = node.connect("alice");
        TestClient bob = node.connect("bob")) {
      String room = bob.createGroup("room", "alice");
      bob.say(room, "word");
      sql.begin();
      sql.run("lock table search_entry in access exclusive mode");
      for (int i = 0; i < MORE_THAN_ALL_TURNS; i++) {
        alice.send(Requests.search("word"));
      }

      List<ServerFrame> answers = List.of(bob.ask(Requests.read(room)), bob.ask(Requests.inbox(1)));

      assertThat(alice.heard()).noneMatch(ServerFrame::hasSearchPage);
      assertThat(answers.getFirst().hasConversationOpened()).as(answers.toString()).isTrue();
      assertThat(answers.getLast().hasInboxPage()).as(answers.toString()).isTrue();
      sql.rollback();
    }
  }
}
