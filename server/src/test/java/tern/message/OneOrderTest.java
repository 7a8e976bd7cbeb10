// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.Accepted;
import tern.v1.Changes;
import tern.v1.ServerFrame;

/// In a conversation there is one order, without gaps, the same for all.
final class OneOrderTest {
  private static final int SENDERS = 20;
  private static final int EACH = 25;

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static List<TestClient> writers(String prefix) {
    List<TestClient> writers = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      writers.add(node.connect(prefix + i));
    }
    return writers;
  }

  private static String crowd(List<TestClient> writers, String prefix) {
    String[] others = LongStream.range(1, SENDERS).mapToObj(i -> prefix + i).toArray(String[]::new);
    return writers.getFirst().createGroup("crowd", others);
  }

  // All at once; every third message does not count as unread.
  private static void allSpeak(List<TestClient> writers, String room) {
    for (int n = 0; n < EACH; n++) {
      for (TestClient writer : writers) {
        var message = TestClient.message(room, "message " + n, UUID.randomUUID());
        message.getSendMessageBuilder().setCountable(n % 3 != 0);
        writer.send(message);
      }
    }
    for (TestClient writer : writers) {
      for (int n = 0; n < EACH; n++) {
        assertThat(writer.await(ServerFrame::hasAccepted).getAccepted().getSequence()).isPositive();
      }
    }
  }

  @Test
  void numbersHaveNoGapsHoweverManySpeakAtOnce() {
    List<TestClient> writers = writers("writer");
    String room = crowd(writers, "writer");
    UUID id = UUID.fromString(room);

    allSpeak(writers, room);

    long all = SENDERS * EACH;
    List<Long> expected = LongStream.rangeClosed(1, all).boxed().toList();
    assertThat(sql.numbers("select sequence from message where conversation_id = ? order by 1", id))
        .isEqualTo(expected);
    assertThat(
            sql.numbers(
                "select revision - 1 from message where conversation_id = ? order by sequence", id))
        .isEqualTo(expected);
    assertThat(
            sql.number(
                """
                select count(*) from (select countable_through
                    - coalesce(lag(countable_through) over (order by sequence), 0) step
                  from message where conversation_id = ?) s where step not in (0, 1)
                """,
                id))
        .isZero();
    long countable = sql.number("select countable from conversation where id = ?", id);
    assertThat(countable).isEqualTo(SENDERS * (EACH - (EACH + 2) / 3));
    assertThat(
            sql.number("select max(countable_through) from message where conversation_id = ?", id))
        .isEqualTo(countable);
    writers.forEach(TestClient::close);
  }

  @Test
  void everybodyHearsEachRevisionInOrder() {
    List<TestClient> writers = writers("talker");
    String room = crowd(writers, "talker");

    allSpeak(writers, room);

    for (TestClient writer : writers) {
      for (long revision = 2; revision <= SENDERS * EACH + 1; revision++) {
        Changes heard = writer.awaitChanges();
        assertThat(heard.getAfter()).isEqualTo(revision - 1);
        assertThat(heard.getThrough()).isEqualTo(revision);
        assertThat(heard.getMessages(0).getSequence()).isEqualTo(revision - 1);
      }
      writer.close();
    }
  }

  @Test
  void timeNeverRunsBackwardsInAConversation() {
    try (TestClient alice = node.connect("alice3")) {
      String room = alice.openDirect("bob3");
      alice.say(room, "now");
      Instant future = Instant.now().plusSeconds(3_600);
      sql.run(
          "update conversation set last_change_at = to_timestamp(?) where id = ?",
          future.getEpochSecond(),
          UUID.fromString(room));

      Accepted next = alice.say(room, "after the clock was set back");
      Accepted last = alice.say(room, "and again");

      assertThat(next.getCreatedAtMs()).isGreaterThanOrEqualTo(future.getEpochSecond() * 1_000);
      assertThat(last.getCreatedAtMs()).isGreaterThanOrEqualTo(next.getCreatedAtMs());
    }
  }
}
