// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.CatchUpPage;
import tern.v1.Changes;
import tern.v1.HistoryVisibility;
import tern.v1.Member;
import tern.v1.Message;
import tern.v1.Position;

/// Pages of changes: whole, in order, each beginning where the one before ended.
final class CatchUpTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static void fill(TestClient writer, String room, int count) {
    for (int i = 1; i <= count; i++) {
      writer.say(room, "message " + i);
    }
  }

  private static List<Long> sequences(List<CatchUpPage> pages) {
    return pages.stream()
        .flatMap(page -> page.getChanges().getMessagesList().stream())
        .map(Message::getSequence)
        .toList();
  }

  private static void assertChained(List<CatchUpPage> pages, long from) {
    long mine = from;
    for (CatchUpPage page : pages) {
      Changes changes = page.getChanges();
      long through = changes.getThrough();
      assertThat(changes.getAfter()).isEqualTo(mine);
      assertThat(through).isGreaterThanOrEqualTo(mine);
      assertThat(changes.getMessagesList())
          .allMatch(it -> it.getRevision() > changes.getAfter() && it.getRevision() <= through);
      assertThat(changes.getMembersList())
          .allMatch(it -> it.getRevision() > changes.getAfter() && it.getRevision() <= through);
      mine = through;
    }
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrDouble() {
    try (TestClient alice = node.connect("alice1")) {
      String room = alice.openDirect("bob1");
      fill(alice, room, 350);

      List<CatchUpPage> pages = alice.catchUp(room, alice.position(6, 5));

      assertThat(pages).hasSize(4);
      assertChained(pages, 6);
      assertThat(sequences(pages)).isEqualTo(LongStream.rangeClosed(6, 350).boxed().toList());
      assertThat(pages.getLast().getChanges().getSequence()).isEqualTo(350);
      assertThat(pages).filteredOn(CatchUpPage::getLive).hasSize(1);
      assertThat(pages).filteredOn(page -> page.getMarkersCount() > 0).hasSize(1);
    }
  }

  @Test
  void eachPageIsAPositionToGoOnFrom() {
    try (TestClient alice = node.connect("alice2")) {
      String room = alice.createGroup("interrupted", "bob2");
      fill(alice, room, 130);
      alice.ask(Requests.add(room, List.of("carol2", "dave2")));
      fill(alice, room, 130);

      for (CatchUpPage page : alice.catchUp(room, alice.position(2, 1))) {
        Position reached =
            alice.position(page.getChanges().getThrough(), page.getChanges().getSequence());
        List<CatchUpPage> rest = alice.catchUp(room, reached);
        assertChained(rest, reached.getRevision());
        assertThat(sequences(rest))
            .isEqualTo(LongStream.rangeClosed(reached.getSequence() + 1, 261).boxed().toList());
        boolean addedLater = reached.getRevision() < 132;
        assertThat(rest.stream().mapToInt(it -> it.getChanges().getMembersCount()).sum())
            .isEqualTo(addedLater ? 2 : 0);
      }
    }
  }

  @Test
  void changedMessageComesOnceInItsNewestState() {
    try (TestClient alice = node.connect("alice3")) {
      String room = alice.openDirect("bob3");
      fill(alice, room, 10);
      // As an edit of the third message and then of the first will leave them.
      for (int sequence : List.of(3, 1)) {
        sql.run(
            """
            with c as (update conversation set revision = revision + 1 where id = ?::uuid
              returning id, revision)
            update message m set changed = true, revision = c.revision, body = ? from c
            where conversation_id = c.id and sequence = ?
            """,
            room,
            TestSql.body("edited " + sequence),
            sequence);
      }
      alice.say(room, "after the edits");

      List<CatchUpPage> pages = alice.catchUp(room, alice.position(6, 5));
      List<CatchUpPage> later = alice.catchUp(room, alice.position(12, 10));

      assertChained(pages, 6);
      assertThat(sequences(pages)).containsExactly(6L, 7L, 8L, 9L, 10L, 3L, 1L, 11L);
      assertThat(sequences(later)).containsExactly(1L, 11L);
      assertThat(TestClient.text(later.getLast().getChanges().getMessages(0)))
          .isEqualTo("edited 1");
    }
  }

  @Test
  void nothingNewIsAnEmptyLivePage() {
    try (TestClient alice = node.connect("alice4")) {
      String room = alice.openDirect("bob4");
      alice.say(room, "all there is");

      CatchUpPage page = alice.catchUp(room, alice.position(2, 1)).getFirst();

      assertThat(page.getLive()).isTrue();
      assertThat(page.hasReset()).isFalse();
      assertThat(page.getChanges().getAfter()).isEqualTo(2);
      assertThat(page.getChanges().getThrough()).isEqualTo(2);
      assertThat(page.getChanges().getMessagesCount()).isZero();
    }
  }

  @Test
  void positionWhoseSequenceIsTooLowNeverGoesBackwards() {
    try (TestClient alice = node.connect("alice5")) {
      String room = alice.openDirect("bob5");
      fill(alice, room, 150);

      List<CatchUpPage> pages = alice.catchUp(room, alice.position(140, 0));

      long mine = 140;
      for (CatchUpPage page : pages) {
        assertThat(page.getChanges().getAfter()).isEqualTo(mine);
        assertThat(page.getChanges().getThrough()).isGreaterThanOrEqualTo(mine);
        mine = page.getChanges().getThrough();
      }
      assertThat(mine).isEqualTo(151);
    }
  }

  @Test
  void whoLeftAndCameIsToldOnceAsTheyAreNow() {
    try (TestClient alice = node.connect("alice6")) {
      String room = alice.createGroup("revolving door", "bob6");
      alice.ask(Requests.remove(room, List.of("bob6")));
      alice.ask(Requests.add(room, List.of("bob6", "carol6")));
      alice.ask(Requests.remove(room, List.of("carol6")));

      List<Member> changed =
          alice.catchUp(room, alice.position(1, 0)).getFirst().getChanges().getMembersList();
      List<Member> anew = alice.catchUp(room, null).getFirst().getChanges().getMembersList();

      assertThat(changed).extracting(Member::getUserId).containsExactly("bob6", "carol6");
      assertThat(changed).extracting(Member::getRemoved).containsExactly(false, true);
      assertThat(anew).extracting(Member::getUserId).containsExactly("alice6", "bob6");
    }
  }

  @Test
  void hiddenPastIsAStepWithNothingInIt() {
    try (TestClient alice = node.connect("alice7");
        TestClient bob = node.connect("bob7")) {
      String room =
          alice.createGroup("joined", HistoryVisibility.HISTORY_VISIBILITY_JOINED, List.of());
      fill(alice, room, 5);
      alice.ask(Requests.add(room, List.of("bob7")));
      alice.say(room, "for bob too");
      sql.run(
          "with c as (update conversation set revision = 10 where id = ?::uuid returning id)"
              + " update message set changed = true, revision = 10"
              + " where conversation_id = (select id from c) and sequence = 2",
          room);

      Changes changes = bob.catchUp(room, bob.position(8, 6)).getFirst().getChanges();

      assertThat(changes.getThrough()).isEqualTo(10);
      assertThat(changes.getMessagesList().stream().map(TestClient::text))
          .containsExactly("for bob too");
      assertThat(
              sql.number(
                  "select visible_from from member where conversation_id = ? and user_id = 'bob7'",
                  UUID.fromString(room)))
          .isEqualTo(6);
    }
  }
}
