// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;

/// Whoever makes a message searchable just while it is deleted leaves nothing of it behind.
@Tag("slow")
final class DeletedWordsTest {
  private static final Duration MOMENT = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @AutoClose private static final TestNode NODE = TestNode.start();
  @AutoClose private static final TestClient ALICE = NODE.connect("alice");
  @AutoClose private static final TestSql SQL = TestSql.of(NODE);
  // Holds its transactions open, as another node's index would.
  @AutoClose private static final TestSql INDEX = TestSql.of(NODE);

  private static long entries(String room) {
    return SQL.number("select count(*) from search_entry where conversation_id = ?::uuid", room);
  }

  private static String roomWithAMessage() {
    String room = ALICE.createGroup("words");
    ALICE.say(room, "canary");
    Eventually.holds("it is indexed", PATIENCE, () -> entries(room) == 1);
    SQL.run("delete from search_entry where conversation_id = ?::uuid", room);
    return room;
  }

  // As of its first revision, which stands yet.
  private static void putCanary(String room) {
    INDEX.run(
        """
        select put_search_entries_v1(false, array[conversation_id], array[sequence],
          array[revision], array['canary']) from message where conversation_id = ?::uuid
        """,
        room);
  }

  @Test
  void deletionOfAMessageWaitsForItsWordsAndTakesThemAlong() {
    String room = roomWithAMessage();
    INDEX.begin();
    putCanary(room);

    int deletion = ALICE.send(Requests.delete(room, 1));
    Eventually.passes(MOMENT);
    INDEX.commit();

    assertThat(ALICE.await(it -> it.getId() == deletion).hasMessageChanged()).isTrue();
    assertThat(entries(room)).isZero();
  }

  @Test
  void deletionOfAGroupWaitsForItsWordsAndTakesThemAlong() {
    String room = roomWithAMessage();
    INDEX.begin();
    putCanary(room);

    int deletion = ALICE.send(Requests.deleteGroup(room));
    Eventually.passes(MOMENT);
    INDEX.commit();

    assertThat(ALICE.await(it -> it.getId() == deletion).hasConversationDeleted()).isTrue();
    assertThat(entries(room)).isZero();
  }

  @Test
  void whatWasPassedOverForADeletionIsPutWhenThatIsDone() {
    String room = ALICE.createGroup("words");
    INDEX.begin();
    INDEX.run("select pg_advisory_xact_lock(search_lock_v1(?::uuid))", room);

    ALICE.say(room, "canary");
    Eventually.passes(MOMENT);
    assertThat(entries(room)).isZero();
    INDEX.commit();

    Eventually.holds("it is indexed", PATIENCE, () -> entries(room) == 1);
  }
}
