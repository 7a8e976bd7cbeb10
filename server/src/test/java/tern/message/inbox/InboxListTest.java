// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.InboxEntry;
import tern.v1.InboxPage;
import tern.v1.ServerFrame;

/// The list of conversations: in order, whole, and what changed since.
@Tag("slow")
final class InboxListTest {
  private static final int PAGE_BYTES = 256 * 1024;

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static String id(InboxEntry entry) {
    return entry.getConversation().getConversationId();
  }

  private static List<InboxEntry> entries(TestClient client, InboxPage first, int limit) {
    List<InboxEntry> all = new ArrayList<>(first.getEntriesList());
    for (InboxPage page = first; !page.getNextPage().isEmpty(); ) {
      page = client.ask(Requests.inboxPage(page.getNextPage(), limit)).getInboxPage();
      assertThat(page.getCursor()).isEqualTo(first.getCursor());
      all.addAll(page.getEntriesList());
    }
    return all;
  }

  private static List<InboxEntry> all(TestClient client, int limit) {
    return entries(client, client.ask(Requests.inbox(limit)).getInboxPage(), limit);
  }

  private static List<InboxEntry> since(TestClient client, String cursor, int limit) {
    return entries(client, client.ask(Requests.inboxSince(cursor, limit)).getInboxPage(), limit);
  }

  private static String largeGroup(TestClient owner, String name) {
    List<String> others = IntStream.range(0, 120).mapToObj(i -> name + "-" + i).toList();
    return owner.createGroup(name, HistoryVisibility.HISTORY_VISIBILITY_JOINED, others);
  }

  // Moves a conversation and its members into the past, buckets and all.
  private static void age(String room, int minutes) {
    sql.run(
        """
        with c as (update conversation set
            last_change_at = last_change_at - make_interval(mins => ?),
            activity_bucket = case when activity_bucket = 2147483647 then activity_bucket
              else floor(extract(epoch from last_change_at - make_interval(mins => ?)) / 600) end
          where id = ?::uuid returning id, activity_bucket, last_change_at)
        update member m set activity_bucket = c.activity_bucket, changed_at = c.last_change_at,
          changed_bucket = floor(extract(epoch from c.last_change_at) / 600)
        from c where m.conversation_id = c.id
        """,
        minutes,
        minutes,
        room);
  }

  @Test
  void pagesHoldAllOf250ConversationsOnceByActivity() {
    try (TestClient alice = node.connect("alice1")) {
      List<String> rooms = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        String room = i % 50 == 7 ? largeGroup(alice, "large" + i) : alice.openDirect("peer" + i);
        rooms.add(room);
        if (i % 3 == 0) {
          alice.say(room, "hello");
        }
        age(room, (i * 37) % 3_000);
      }

      for (int limit : List.of(100, 33)) {
        List<InboxEntry> all = all(alice, limit);
        assertThat(new HashSet<>(all.stream().map(InboxListTest::id).toList()))
            .hasSize(250)
            .containsAll(rooms);
        assertThat(all).hasSize(250);
        assertThat(all)
            .isSortedAccordingTo(Comparator.comparingLong(InboxEntry::getActiveAtMs).reversed());
      }
    }
  }

  @Test
  void newMessageLiftsAConversationOutOfAnOldBucket() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String old = alice.openDirect("bob2");
      String large = largeGroup(alice, "large2");
      String newer = alice.openDirect("carol2");
      age(old, 5_000);
      age(large, 4_000);
      age(newer, 60);
      String cursor = alice.ask(Requests.inbox(10)).getInboxPage().getCursor();
      assertThat(all(alice, 10)).extracting(InboxListTest::id).containsExactly(newer, large, old);

      bob.say(old, "long time no see");

      assertThat(all(alice, 10)).extracting(InboxListTest::id).containsExactly(old, newer, large);
      assertThat(since(alice, cursor, 10)).extracting(InboxListTest::id).containsExactly(old);
      assertThat(all(bob, 10)).extracting(InboxListTest::id).containsExactly(old);
      alice.say(large, "all hands");
      assertThat(since(alice, cursor, 10))
          .extracting(InboxListTest::id)
          .containsExactly(large, old);
    }
  }

  @Test
  void removalIsToldEvenIfTheOthersTalkOnWhilePagesAreRead() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String cursor = bob.welcome().getInbox().getCursor();
      String left = alice.createGroup("left behind", "bob3");
      alice.ask(Requests.remove(left, List.of("bob3")));
      String kept = alice.createGroup("kept", "bob3");
      InboxPage first = bob.ask(Requests.inboxSince(cursor, 1)).getInboxPage();
      assertThat(first.getEntriesList()).extracting(InboxListTest::id).containsExactly(kept);

      alice.say(left, "behind bob's back");

      assertThat(entries(bob, first, 1))
          .extracting(InboxListTest::id, InboxEntry::getRemoved)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(kept, false),
              org.assertj.core.groups.Tuple.tuple(left, true));
    }
  }

  @Test
  void whoReadElsewhereIsToldSince() {
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4")) {
      String room = alice.openDirect("bob4");
      alice.say(room, "read me");
      age(room, 60);
      String cursor = bob.ask(Requests.inbox(10)).getInboxPage().getCursor();
      assertThat(since(bob, cursor, 10)).isEmpty();

      bob.ask(Requests.markRead(room, 1));

      assertThat(since(bob, cursor, 10))
          .hasSize(1)
          .allMatch(entry -> entry.getUnread() == 0 && entry.getMarker().getRead() == 1);
    }
  }

  @Test
  void cursorOfAnotherEpochIsReset() {
    try (TestClient alice = node.connect("alice5")) {
      String room = alice.openDirect("bob5");
      InboxPage page = alice.ask(Requests.inbox(10)).getInboxPage();
      String other = "another-one!" + page.getCursor().substring(12);

      InboxPage reset = alice.ask(Requests.inboxSince(other, 10)).getInboxPage();

      assertThat(page.getReset()).isFalse();
      assertThat(reset.getReset()).isTrue();
      assertThat(reset.getEntriesList()).extracting(InboxListTest::id).containsExactly(room);
      try (TestClient back = TestClient.connect(node, "alice5", "tablet", "main", other)) {
        assertThat(back.welcome().getInbox().getReset()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "~",
        "E~",
        "E~x",
        "E~1~2",
        "E~-9223372036854775808",
        "E~9223372036854775807",
        "E~-62135596800000001",
        "E~-1",
        "E~1e3",
        "E~99999999999999999999",
        "E~1~"
      })
  void whatIsNoCursorIsRefused(String text) {
    try (TestClient alice = node.connect("alice6")) {
      String cursor = text.replace("E", alice.welcome().getEpoch());

      ServerFrame since = alice.ask(Requests.inboxSince(cursor, 10));
      ServerFrame page = alice.ask(Requests.inboxPage(cursor, 10));

      assertThat(since.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(page.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "E~-~1~1~x", "E~-~1~1~", "E~-~1~-9223372036854775808~U", "E~-9223372036854775808~1~1~U",
        "E~-~9223372036854775807~1~U", "E~-~x~1~U", "E~~1~1~U", "E~-~1~1~U~"
      })
  void whatIsNoPageIsRefused(String text) {
    try (TestClient alice = node.connect("alice7")) {
      String page =
          text.replace("E", alice.welcome().getEpoch()).replace("U", new UUID(1, 1).toString());

      assertThat(alice.ask(Requests.inboxPage(page, 10)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  void pageOfLongMessagesEndsAtItsBytesAndGoesOn() {
    try (TestClient alice = node.connect("alice8")) {
      for (int i = 0; i < 40; i++) {
        alice.say(alice.openDirect("heavy" + i), "x".repeat(16_000));
      }

      InboxPage first = alice.ask(Requests.inbox(100)).getInboxPage();

      assertThat(first.getSerializedSize()).isLessThanOrEqualTo(PAGE_BYTES);
      assertThat(entries(alice, first, 100)).hasSize(40);
      try (TestClient again = TestClient.connect(node, "alice8", "tablet", "main")) {
        assertThat(again.welcome().getInbox().getSerializedSize()).isLessThanOrEqualTo(PAGE_BYTES);
        assertThat(entries(again, again.welcome().getInbox(), 100)).hasSize(40);
      }
    }
  }
}
