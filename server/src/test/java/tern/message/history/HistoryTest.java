// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.CatchUpPage;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.HistoryPage;
import tern.v1.HistoryVisibility;
import tern.v1.Message;

/// What may be read again, and how much of it at once.
@Tag("slow")
final class HistoryTest {
  private static final int PAGE_BYTES = 256 * 1024;
  private static final int COUNT = 40;

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);
  @AutoClose private static final TestClient alice = node.connect("alice");

  private static final String room = alice.openDirect("bob");
  private static final String heavy = alice.openDirect("carol");

  @BeforeAll
  static void fill() {
    for (int i = 1; i <= COUNT; i++) {
      alice.say(room, "message " + i);
      alice.say(heavy, "x".repeat(16_000));
    }
  }

  private static HistoryPage page(ClientFrame.Builder request) {
    return alice.ask(request).getHistoryPage();
  }

  private static List<Long> sequences(HistoryPage page) {
    return page.getMessagesList().stream().map(Message::getSequence).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void zeroMeansTheNewest() {
    HistoryPage page = page(Requests.before(room, 0, 5));

    assertThat(sequences(page)).isEqualTo(range(36, 40));
    assertThat(page.getHasBefore()).isTrue();
    assertThat(page.getHasAfter()).isFalse();
    assertThat(page.getRevision()).isEqualTo(COUNT + 1);
  }

  @Test
  void nearestBeforeAndAfterAndAroundAscend() {
    assertThat(sequences(page(Requests.before(room, 10, 3)))).isEqualTo(range(7, 9));
    assertThat(sequences(page(Requests.after(room, 10, 3)))).isEqualTo(range(11, 13));
    assertThat(sequences(page(Requests.around(room, 10, 5)))).isEqualTo(range(8, 12));
    assertThat(sequences(page(Requests.around(room, 10, 1)))).isEqualTo(range(10, 10));
    assertThat(sequences(page(Requests.around(room, 1, 4)))).startsWith(1L);
  }

  @Test
  void emptyPageStillTellsWhatLiesOnEitherSide() {
    HistoryPage first = page(Requests.before(room, 1, 10));
    HistoryPage last = page(Requests.after(room, COUNT, 10));

    assertThat(first.getMessagesCount()).isZero();
    assertThat(first.getHasBefore()).isFalse();
    assertThat(first.getHasAfter()).isTrue();
    assertThat(last.getMessagesCount()).isZero();
    assertThat(last.getHasBefore()).isTrue();
    assertThat(last.getHasAfter()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {COUNT + 1, 1L << 33, Long.MAX_VALUE})
  void numbersBeyondTheEndAreHarmless(long beyond) {
    assertThat(sequences(page(Requests.before(room, beyond, 2)))).isEqualTo(range(39, 40));
    assertThat(sequences(page(Requests.after(room, beyond, 2)))).isEmpty();
    assertThat(alice.ask(Requests.around(room, beyond, 2)).hasHistoryPage()).isTrue();
    assertThat(alice.ask(Requests.before(room, -beyond, 2)).getError().getCode())
        .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
  }

  @Test
  void limitIsOneToAHundred() {
    assertThat(page(Requests.before(room, 0, 100)).getMessagesCount()).isEqualTo(COUNT);
    for (int limit : List.of(101, -1, Integer.MIN_VALUE)) {
      assertThat(alice.ask(Requests.before(room, 0, limit)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  void noPageExceedsItsBytes() {
    for (ClientFrame.Builder request :
        List.of(
            Requests.before(heavy, 0, 100),
            Requests.after(heavy, 0, 100),
            Requests.around(heavy, 20, 100))) {
      HistoryPage page = page(request);
      assertThat(page.getSerializedSize()).isLessThanOrEqualTo(PAGE_BYTES);
      assertThat(page.getMessagesCount()).isGreaterThan(10);
    }
    List<CatchUpPage> pages = alice.catchUp(heavy, alice.position(1, 0));
    assertThat(pages)
        .hasSizeGreaterThan(2)
        .allMatch(page -> page.getSerializedSize() <= PAGE_BYTES);
    assertThat(pages.stream().mapToInt(page -> page.getChanges().getMessagesCount()).sum())
        .isEqualTo(COUNT);
    assertThat(alice.catchUp(heavy, null).getFirst().getSerializedSize())
        .isLessThanOrEqualTo(PAGE_BYTES);
  }

  @Test
  void messageLargerThanAPageComesAlone() {
    String large = alice.openDirect("dave");
    for (int i = 0; i < 3; i++) {
      alice.say(large, "small");
    }
    // As larger limits of an earlier day would have let it in.
    sql.run(
        "update message set body = ? where conversation_id = ?::uuid and sequence = 2",
        TestSql.body("x".repeat(400_000)),
        large);

    List<CatchUpPage> pages = alice.catchUp(large, alice.position(1, 0));

    assertThat(pages).hasSize(3);
    assertThat(pages.get(1).getChanges().getMessages(0).getSequence()).isEqualTo(2);
    assertThat(sequences(page(Requests.after(large, 1, 10)))).containsExactly(2L);
    assertThat(sequences(page(Requests.before(large, 3, 10)))).containsExactly(2L);
  }

  private static String groupWithAPast(HistoryVisibility visibility, String newcomer) {
    String group = alice.createGroup("past", visibility, List.of());
    for (int i = 1; i <= 4; i++) {
      alice.say(group, "past " + i);
    }
    alice.ask(Requests.add(group, List.of(newcomer)));
    alice.say(group, "present");
    return group;
  }

  @Test
  void whoJoinsSeesWhatIsSentFromThenOn() {
    String group = groupWithAPast(HistoryVisibility.HISTORY_VISIBILITY_JOINED, "erin");
    try (TestClient erin = node.connect("erin")) {
      HistoryPage all = erin.ask(Requests.before(group, 0, 100)).getHistoryPage();

      assertThat(sequences(all)).containsExactly(5L, 6L);
      assertThat(all.getHasBefore()).isFalse();
      assertThat(sequences(erin.ask(Requests.around(group, 2, 100)).getHistoryPage()))
          .containsExactly(5L, 6L);
      assertThat(erin.catchUp(group, null).getFirst().getChanges().getMessagesCount()).isEqualTo(2);
      assertThat(erin.welcome().getInbox().getBadge()).isOne();
    }
  }

  @Test
  void whereThePastIsOpenWhoJoinsSeesAllOfIt() {
    String group = groupWithAPast(HistoryVisibility.HISTORY_VISIBILITY_START, "frank");
    try (TestClient frank = node.connect("frank")) {
      HistoryPage all = frank.ask(Requests.before(group, 0, 100)).getHistoryPage();

      assertThat(sequences(all)).isEqualTo(range(1, 6));
      assertThat(frank.catchUp(group, null).getFirst().getChanges().getMessagesCount())
          .isEqualTo(6);
    }
  }
}
