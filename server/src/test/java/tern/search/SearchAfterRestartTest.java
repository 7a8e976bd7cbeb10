// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.store.DatabaseConfig;
import tern.v1.Error;
import tern.v1.ErrorCode;

/// What a node had no time to index, the next one does; and nobody searches without end.
@Tag("slow")
final class SearchAfterRestartTest {
  @Test
  void whatWasCommittedBeforeAnEndIsFoundAfterIt() {
    TestNode first = TestNode.start();
    DatabaseConfig database = first.database();
    try (TestSql sql = TestSql.of(first)) {
      String room;
      try (first;
          TestClient alice = first.connect("alice")) {
        room = alice.createGroup("room");
        alice.say(room, "before");
      }
      // Committed by a node that dies at once.
      sql.store(room, "alice", "orphan");
      sql.run("delete from search_entry");
      sql.run("insert into search_backlog select id, 1 from conversation");
    }

    Map<String, String> slow = Map.of("TERN_SEARCH_PER_SECOND", "1", "TERN_SEARCH_BURST", "2");
    try (TestNode node = TestNode.start(database, slow);
        TestClient alice = node.connect("alice");
        TestSql sql = TestSql.of(node)) {
      Eventually.holds(
          "both are indexed",
          Duration.ofSeconds(5),
          () -> sql.number("select count(*) from search_entry") == 2);

      assertThat(alice.ask(Requests.search("orphan")).getSearchPage().getHitsCount()).isEqualTo(1);
      assertThat(alice.ask(Requests.search("before")).getSearchPage().getHitsCount()).isEqualTo(1);
      Error third = alice.ask(Requests.search("before")).getError();
      assertThat(third.getCode()).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      assertThat(third.getMayRetry()).isTrue();
      assertThat(third.getRetryAfterMs()).isBetween(1, 1_000);
    }
  }
}
