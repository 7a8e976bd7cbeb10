// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;

/// Words that were taken from a message before it was erased do not come back after.
final class SearchRaceTest {
  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);

  private static final String PUT =
      "select put_search_entries_v1(array[?::uuid], array[1::bigint],"
          + " array[(select revision from message where conversation_id = ?::uuid"
          + " and sequence = 1)], array['late'])";

  // The words are put while the erasing transaction is open.
  private static long entriesAfter(String room, String erase) throws InterruptedException {
    try (TestSql erasing = TestSql.of(NODE);
        TestSql putting = TestSql.of(NODE)) {
      erasing.begin();
      erasing.run(erase, room);
      Thread late = Thread.startVirtualThread(() -> putting.run(PUT, room, room));
      Eventually.holds(
          "the words wait",
          Duration.ofSeconds(10),
          () ->
              SQL.number(
                      "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                          + " and query like '%put_search_entries_v1%'")
                  > 0);
      erasing.commit();
      late.join();
    }
    return SQL.number("select count(*) from search_entry where conversation_id = ?::uuid", room);
  }

  private static String roomWithAnIndexedMessage(String user) {
    try (TestClient alice = NODE.connect(user)) {
      String room = alice.openDirect("bob");
      alice.say(room, "early");
      Eventually.holds(
          "indexed",
          Duration.ofSeconds(10),
          () ->
              SQL.number("select count(*) from search_entry where conversation_id = ?::uuid", room)
                  == 1);
      return room;
    }
  }

  @Test
  void wordsOfAnErasedMessageDoNotComeBack() throws InterruptedException {
    String room = roomWithAnIndexedMessage("alice1");

    assertThat(entriesAfter(room, "delete from message where conversation_id = ?::uuid")).isZero();
  }

  @Test
  void wordsOfATombstoneDoNotComeBack() throws InterruptedException {
    String room = roomWithAnIndexedMessage("alice2");

    assertThat(entriesAfter(room, "update message set body = '' where conversation_id = ?::uuid"))
        .isZero();
  }
}
