// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.OpenRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.CatchUpPage;
import tern.v1.Changes;
import tern.v1.ErrorCode;
import tern.v1.Message;
import tern.v1.Reset;
import tern.v1.ServerFrame;
import tern.v1.Watching;

/// What those see who watch an OPEN conversation.
@Tag("slow")
final class WatchingTest {
  private static final int MOST = 3;

  @AutoClose
  private static final TestNode node =
      TestNode.start(
          Map.of(
              "TERN_OPEN_USERS_CREATE", "true",
              "TERN_OPEN_WATCHES_PER_USER", Integer.toString(MOST),
              "TERN_OPEN_COUNT_EVERY", "1s"));

  private static String room(TestClient owner) {
    return owner
        .ask(OpenRequests.create(true))
        .getConversationOpened()
        .getConversation()
        .getConversationId();
  }

  private static Watching watch(TestClient client, String room) {
    ServerFrame answer = client.ask(OpenRequests.watch(room));
    assertThat(answer.hasWatching()).as(answer.toString()).isTrue();
    return answer.getWatching();
  }

  private static CatchUpPage page(TestClient client) {
    return client.await(frame -> frame.getId() == 0 && frame.hasCatchUpPage()).getCatchUpPage();
  }

  private static List<String> texts(List<Message> messages) {
    return messages.stream().map(TestClient::text).toList();
  }

  private static String nextText(TestClient client) {
    return TestClient.text(client.awaitChanges().getMessages(0));
  }

  @Test
  void whoBeginsToWatchGetsTheNewestFiftyAndTheConversation() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner);
      IntStream.rangeClosed(1, 60).forEach(i -> owner.say(room, "m" + i));

      Watching watching = watch(ann, room);
      CatchUpPage page = page(ann);

      assertThat(watching.getPageFollows()).isTrue();
      assertThat(page.getReset().getReason()).isEqualTo(Reset.Reason.REASON_NO_POSITION);
      assertThat(page.getLive()).isTrue();
      assertThat(page.getHasBefore()).isTrue();
      assertThat(texts(page.getChanges().getMessagesList()))
          .hasSize(50)
          .startsWith("m11")
          .endsWith("m60");
      assertThat(page.getChanges().getConversation().getName()).isEqualTo("live");
    }
  }

  @Test
  void whatIsSentComesToEverybodyWhoWatchesOnceAndInOrder() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann");
        TestClient ben = node.connect("ben")) {
      String room = room(owner);
      watch(ann, room);
      watch(ben, room);

      IntStream.range(0, 200).forEach(i -> owner.say(room, "m" + i));

      for (TestClient watcher : List.of(ann, ben)) {
        long through = page(watcher).getChanges().getThrough();
        for (int i = 0; i < 200; i++) {
          Changes next = watcher.awaitChanges();
          assertThat(TestClient.text(next.getMessages(0))).isEqualTo("m" + i);
          assertThat(next.getAfter()).isEqualTo(through);
          through = next.getThrough();
        }
      }
    }
  }

  @Test
  void whoComesBackGetsWhatWasMissedOrNothing() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner);
      owner.say(room, "before");
      watch(ann, room);
      Changes seen = page(ann).getChanges();
      var position = ann.position(seen.getThrough(), seen.getSequence());

      Watching nothing = ann.ask(OpenRequests.watch(room, position)).getWatching();
      ann.ask(OpenRequests.unwatch(room));
      owner.say(room, "missed");
      Watching some = ann.ask(OpenRequests.watch(room, position)).getWatching();
      CatchUpPage page = page(ann);

      assertThat(nothing.getPageFollows()).isFalse();
      assertThat(some.getPageFollows()).isTrue();
      assertThat(page.hasReset()).isFalse();
      assertThat(page.getChanges().getAfter()).isEqualTo(seen.getThrough());
      assertThat(texts(page.getChanges().getMessagesList())).containsExactly("missed");
    }
  }

  @Test
  void whoIsMoreThanAPageBehindBeginsAnew() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner);
      IntStream.range(0, 120).forEach(i -> owner.say(room, "m" + i));

      ann.ask(OpenRequests.watch(room, ann.position(1, 0)));
      CatchUpPage page = page(ann);

      assertThat(page.getReset().getReason()).isEqualTo(Reset.Reason.REASON_TOO_FAR_BEHIND);
      assertThat(page.getChanges().getMessagesCount()).isEqualTo(50);
    }
  }

  @Test
  void whoNoLongerWatchesHearsNothing() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner);
      watch(ann, room);

      assertThat(ann.ask(OpenRequests.unwatch(room)).hasUnwatched()).isTrue();
      owner.say(room, "unheard");
      // Those who watch are handed a change before its members are.
      owner.awaitChanges();
      assertThat(ann.ask(OpenRequests.unwatch(room)).hasUnwatched()).isTrue();

      assertThat(ann.heard()).noneMatch(ServerFrame::hasEnvelope);
    }
  }

  @Test
  void whoMayWatchReadsEarlierMessagesWhileTheyWatchAndBefore() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner);
      IntStream.rangeClosed(1, 5).forEach(i -> owner.say(room, "m" + i));

      ServerFrame before = ann.ask(Requests.before(room, 4, 2));
      watch(ann, room);
      ServerFrame while_ = ann.ask(Requests.before(room, 4, 2));

      assertThat(before.getHistoryPage()).isEqualTo(while_.getHistoryPage());
      assertThat(texts(while_.getHistoryPage().getMessagesList())).containsExactly("m2", "m3");
      assertThat(while_.getHistoryPage().getHasBefore()).isTrue();
    }
  }

  @Test
  void editsAndDeletionsReachThoseWhoWatch() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner);
      long first = owner.say(room, "a word").getSequence();
      watch(ann, room);

      owner.ask(Requests.edit(room, first, UUID.randomUUID(), "another word"));
      owner.ask(Requests.delete(room, first));

      assertThat(nextText(ann)).isEqualTo("another word");
      assertThat(ann.awaitChanges().getMessages(0).getDeletedAtMs()).isPositive();
    }
  }

  @Test
  void whoIsAMemberAndWatchesGetsEverythingOnce() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner);
      watch(owner, room);
      watch(ann, room);

      IntStream.range(0, 3).forEach(i -> ann.say(room, "m" + i));
      owner.ask(Requests.add(room, List.of("ann")));
      IntStream.range(3, 6).forEach(i -> owner.say(room, "m" + i));
      owner.ask(Requests.remove(room, List.of("ann")));
      IntStream.range(6, 9).forEach(i -> owner.say(room, "m" + i));

      for (TestClient client : List.of(owner, ann)) {
        List<String> seen = new ArrayList<>();
        while (!seen.contains("m8")) {
          Changes next = client.awaitChanges();
          next.getMessagesList().stream()
              .filter(it -> it.getContent().hasText())
              .forEach(it -> seen.add(TestClient.text(it)));
        }
        assertThat(seen)
            .as(client == owner ? "owner" : "ann")
            .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8");
      }
    }
  }

  @Test
  void nothingInItIsUnreadOrHasMarkersForWatchers() {
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner);
      watch(ann, room);
      ann.say(room, "hello");

      ServerFrame mine = owner.ask(Requests.inbox(10));
      ServerFrame theirs = ann.ask(Requests.inbox(10));

      assertThat(mine.getInboxPage().getEntriesList())
          .filteredOn(it -> it.getConversation().getConversationId().equals(room))
          .singleElement()
          .satisfies(it -> assertThat(it.getUnread()).isZero());
      assertThat(theirs.getInboxPage().getEntriesList()).isEmpty();
    }
  }

  @Test
  void thoseWhoWatchAreToldHowManyTheyAre() {
    TestClient ben = node.connect("ben");
    try (TestClient owner = node.connect("owner");
        TestClient ann = node.connect("ann")) {
      String room = room(owner);
      watch(ann, room);
      watch(ben, room);
      ann.await(frame -> frame.getWatcherCount().getWatchers() == 2);

      ben.close();

      ann.await(frame -> frame.getWatcherCount().getWatchers() == 1);
    }
  }

  @Test
  void aUserWatchesOnlySoManyAtOnce() {
    try (TestClient owner = node.connect("owner");
        TestClient cid = node.connect("cid")) {
      List<String> rooms = IntStream.rangeClosed(0, MOST).mapToObj(_ -> room(owner)).toList();
      rooms.subList(0, MOST).forEach(room -> watch(cid, room));

      ServerFrame refused = cid.ask(OpenRequests.watch(rooms.getLast()));
      cid.ask(OpenRequests.unwatch(rooms.getFirst()));

      assertThat(refused.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
      watch(cid, rooms.getLast());
    }
  }

  @Test
  void whoeverIsGoneIsForgottenAtOnce() {
    try (TestClient owner = node.connect("owner")) {
      List<String> rooms = IntStream.rangeClosed(1, MOST).mapToObj(_ -> room(owner)).toList();
      TestClient first = node.connect("dan");
      rooms.forEach(room -> watch(first, room));
      first.close();

      try (TestClient second = TestClient.connect(node, "dan", "tablet", "main")) {
        Eventually.holds(
            "dan may watch again",
            Duration.ofSeconds(5),
            () -> second.ask(OpenRequests.watch(rooms.getFirst())).hasWatching());
      }
    }
  }
}
