// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.InboxEntry;
import tern.v1.InboxList;
import tern.v1.InboxPage;
import tern.v1.InboxPlace;
import tern.v1.Member;
import tern.v1.Message;
import tern.v1.Role;
import tern.v1.ServerFrame;

/// What a user archives, hides, clears or puts on top is so on all of their devices, and nobody
/// else's.
@Tag("slow")
final class ShelfTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static List<String> listed(TestClient client, InboxList list) {
    return client.ask(PersonalRequests.list(list, 100)).getInboxPage().getEntriesList().stream()
        .map(entry -> entry.getConversation().getConversationId())
        .toList();
  }

  private static InboxEntry entry(TestClient client, ClientFrame.Builder request) {
    ServerFrame answer = client.ask(request);
    assertThat(answer.hasInboxEntryChanged()).as(answer.toString()).isTrue();
    return answer.getInboxEntryChanged().getEntry();
  }

  private static InboxEntry updated(TestClient client, String room, InboxPlace place) {
    return client
        .await(
            frame ->
                frame.getInboxUpdate().getEntriesList().stream()
                    .anyMatch(it -> isAt(it, room, place)))
        .getInboxUpdate()
        .getEntriesList()
        .stream()
        .filter(it -> isAt(it, room, place))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isAt(InboxEntry entry, String room, InboxPlace place) {
    return entry.getConversation().getConversationId().equals(room) && entry.getPlace() == place;
  }

  @Test
  void archivedLeavesTheMainListAndTheBadgeUntilItIsPutBack() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = bob.openDirect("alice1");
      bob.say(room, "hello");

      InboxEntry archived = entry(alice, PersonalRequests.archive(room));
      bob.say(room, "are you there?");

      assertThat(archived.getPlace()).isEqualTo(InboxPlace.INBOX_PLACE_ARCHIVED);
      assertThat(listed(alice, InboxList.INBOX_LIST_MAIN)).isEmpty();
      InboxPage archive =
          alice.ask(PersonalRequests.list(InboxList.INBOX_LIST_ARCHIVED, 10)).getInboxPage();
      assertThat(archive.getEntriesList()).hasSize(1);
      assertThat(archive.getEntries(0).getUnread()).isEqualTo(2);
      assertThat(archive.getBadge()).isZero();
      assertThat(listed(bob, InboxList.INBOX_LIST_MAIN)).containsExactly(room);
      entry(alice, PersonalRequests.unarchive(room));
      assertThat(listed(alice, InboxList.INBOX_LIST_MAIN)).containsExactly(room);
      assertThat(listed(alice, InboxList.INBOX_LIST_ARCHIVED)).isEmpty();
    }
  }

  @Test
  void archivedUntilAMessageComesBackWithACountableOne() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = bob.openDirect("alice2");
      bob.say(room, "hello");

      entry(alice, PersonalRequests.archiveUntilMessage(room));
      ClientFrame.Builder aside = TestClient.message(room, "by the way", UUID.randomUUID());
      aside.getSendMessageBuilder().setCountable(false);
      bob.ask(aside);
      assertThat(listed(alice, InboxList.INBOX_LIST_ARCHIVED)).containsExactly(room);
      bob.say(room, "really");

      assertThat(listed(alice, InboxList.INBOX_LIST_MAIN)).containsExactly(room);
      updated(alice, room, InboxPlace.INBOX_PLACE_MAIN);
    }
  }

  @Test
  void hiddenIsInNoListUntilSomebodyWrites() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      String room = bob.openDirect("alice3");
      bob.say(room, "hello");

      entry(alice, PersonalRequests.hide(room));

      assertThat(listed(alice, InboxList.INBOX_LIST_MAIN)).isEmpty();
      assertThat(listed(alice, InboxList.INBOX_LIST_ARCHIVED)).isEmpty();
      assertThat(alice.ask(Requests.before(room, 0, 10)).getHistoryPage().getMessagesCount())
          .isEqualTo(1);
      bob.say(room, "back");
      assertThat(listed(alice, InboxList.INBOX_LIST_MAIN)).containsExactly(room);
    }
  }

  @Test
  void whatIsArrangedOnOneDeviceIsSeenOnTheOthersLiveAndLater() {
    try (TestClient phone = TestClient.connect(node, "alice4", "phone", "main");
        TestClient tablet = TestClient.connect(node, "alice4", "tablet", "main");
        TestClient bob = node.connect("bob4")) {
      String room = bob.openDirect("alice4");
      bob.say(room, "hello");
      String cursor = phone.ask(Requests.inbox(10)).getInboxPage().getCursor();

      entry(phone, PersonalRequests.archive(room));

      updated(tablet, room, InboxPlace.INBOX_PLACE_ARCHIVED);
      InboxPage later = tablet.ask(Requests.inboxSince(cursor, 10)).getInboxPage();
      assertThat(later.getEntriesList())
          .anyMatch(it -> isAt(it, room, InboxPlace.INBOX_PLACE_ARCHIVED));
      Eventually.passes(Duration.ofMillis(300));
      assertThat(bob.heard()).noneMatch(frame -> frame.toString().contains("INBOX_PLACE_ARCHIVED"));
    }
  }

  @Test
  void clearedHistoryIsGoneForOneselfAlone() {
    try (TestClient alice = node.connect("alice5");
        TestClient bob = node.connect("bob5")) {
      String room = bob.openDirect("alice5");
      bob.say(room, "one");
      bob.say(room, "two");

      InboxEntry cleared = entry(alice, PersonalRequests.clear(room));
      bob.say(room, "three");

      assertThat(cleared.getVisibleFrom()).isEqualTo(3);
      assertThat(cleared.hasLastMessage()).isFalse();
      assertThat(cleared.getUnread()).isZero();
      assertThat(alice.ask(Requests.before(room, 0, 10)).getHistoryPage().getMessagesList())
          .extracting(Message::getSequence)
          .containsExactly(3L);
      assertThat(alice.catchUp(room, null).getLast().getChanges().getMessagesList())
          .extracting(Message::getSequence)
          .containsExactly(3L);
      assertThat(bob.ask(Requests.before(room, 0, 10)).getHistoryPage().getMessagesCount())
          .isEqualTo(3);
      assertThat(alice.ask(Requests.react(room, 1, "+1")).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_NOT_FOUND);
    }
  }

  @Test
  void whatStillComesOfClearedMessagesIsAnEmptyStep() {
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6")) {
      String room = bob.openDirect("alice6");
      bob.say(room, "one");
      alice.awaitChanges();

      entry(alice, PersonalRequests.clear(room));
      bob.ask(Requests.edit(room, 1, UUID.randomUUID(), "one, edited"));

      assertThat(alice.awaitChanges().getMessagesList()).isEmpty();
    }
  }

  @Test
  void othersDoNotLearnThatSomebodyClearedTheirHistory() {
    try (TestClient alice = node.connect("alice7");
        TestClient bob = node.connect("bob7")) {
      String room =
          bob.createGroup("all", HistoryVisibility.HISTORY_VISIBILITY_START, List.of("alice7"));
      bob.say(room, "one");

      entry(alice, PersonalRequests.clear(room));

      assertThat(bob.ask(Requests.read(room)).getConversationOpened().getMembersList())
          .extracting(Member::getVisibleFrom)
          .containsOnly(1L);
      assertThat(bob.catchUp(room, null).getLast().getChanges().getMembersList())
          .extracting(Member::getVisibleFrom)
          .containsOnly(1L);
    }
  }

  @Test
  void notEvenWhenTheyLeaveOrAreGivenARole() {
    try (TestClient alice = node.connect("alice17");
        TestClient bob = node.connect("bob17");
        TestClient carol = node.connect("carol17")) {
      String room =
          bob.createGroup(
              "all",
              HistoryVisibility.HISTORY_VISIBILITY_START,
              List.of("alice17", "carol17", "dave17"));
      bob.say(room, "one");
      for (TestClient each : List.of(alice, carol)) {
        entry(each, PersonalRequests.clear(room));
      }
      var before = carol.position(bob.say(room, "two").getRevision(), 2);

      bob.ask(Requests.setRole(room, "carol17", Role.ROLE_OWNER));
      alice.ask(Requests.leave(room));
      bob.ask(Requests.remove(room, List.of("dave17")));

      assertThat(carol.catchUp(room, before).getLast().getChanges().getMembersList())
          .extracting(Member::getUserId, Member::getVisibleFrom)
          .containsExactlyInAnyOrder(
              tuple("carol17", 1L), tuple("alice17", 1L), tuple("dave17", 1L));
      assertThat(
              sql.numbers(
                  "select visible_from from set_role_v1(1, ?::uuid, 'bob17', 'carol17', 1::smallint)",
                  room))
          .containsExactly(1L);
    }
  }

  @Test
  void pinnedIsListedByItselfAndComesDownWhenItIsArchived() {
    try (TestClient alice = node.connect("alice8")) {
      String first = alice.openDirect("bob8");
      String second = alice.openDirect("carol8");
      alice.say(second, "later");

      InboxEntry pinned = entry(alice, PersonalRequests.onTop(first, true));

      assertThat(pinned.getPinnedAtMs()).isPositive();
      assertThat(listed(alice, InboxList.INBOX_LIST_PINNED)).containsExactly(first);
      assertThat(listed(alice, InboxList.INBOX_LIST_MAIN)).containsExactly(second, first);
      assertThat(entry(alice, PersonalRequests.archive(first)).getPinnedAtMs()).isZero();
      assertThat(listed(alice, InboxList.INBOX_LIST_PINNED)).isEmpty();
      assertThat(entry(alice, PersonalRequests.onTop(first, true)).getPlace())
          .isEqualTo(InboxPlace.INBOX_PLACE_MAIN);
      assertThat(entry(alice, PersonalRequests.onTop(first, false)).getPinnedAtMs()).isZero();
    }
  }

  @Test
  void twentyConversationsMayBeOnTop() {
    try (TestClient alice = node.connect("alice9")) {
      for (int i = 0; i < 20; i++) {
        entry(alice, PersonalRequests.onTop(alice.openDirect("peer" + i), true));
      }
      String other = alice.openDirect("peer20");

      assertThat(alice.ask(PersonalRequests.onTop(other, true)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_LIMIT_REACHED);
      entry(alice, PersonalRequests.onTop(alice.openDirect("peer0"), true));
      entry(alice, PersonalRequests.onTop(alice.openDirect("peer0"), false));
      entry(alice, PersonalRequests.onTop(other, true));
    }
  }

  @Test
  void pagesOfTheArchiveContinueTheArchive() {
    try (TestClient alice = node.connect("alice10")) {
      List<String> archived = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        String room = alice.openDirect("peer" + i);
        alice.say(room, "hello");
        if (i % 2 == 0) {
          entry(alice, PersonalRequests.archive(room));
          archived.addFirst(room);
        }
      }

      List<String> found = new ArrayList<>();
      InboxPage page =
          alice.ask(PersonalRequests.list(InboxList.INBOX_LIST_ARCHIVED, 1)).getInboxPage();
      page.getEntriesList().forEach(it -> found.add(it.getConversation().getConversationId()));
      while (!page.getNextPage().isEmpty()) {
        page = alice.ask(Requests.inboxPage(page.getNextPage(), 1)).getInboxPage();
        page.getEntriesList().forEach(it -> found.add(it.getConversation().getConversationId()));
      }

      assertThat(found).containsExactlyElementsOf(archived);
    }
  }

  @Test
  void whoComesBackBeginsAnew() {
    try (TestClient alice = node.connect("alice11");
        TestClient bob = node.connect("bob11")) {
      String room = bob.createGroup("all", "alice11");
      entry(alice, PersonalRequests.onTop(room, true));
      entry(alice, PersonalRequests.archive(room));
      entry(alice, PersonalRequests.draft(room, "unsaid"));

      bob.ask(Requests.remove(room, List.of("alice11")));
      bob.ask(Requests.add(room, List.of("alice11")));

      InboxEntry anew =
          alice
              .ask(PersonalRequests.list(InboxList.INBOX_LIST_MAIN, 10))
              .getInboxPage()
              .getEntries(0);
      assertThat(anew.getPlace()).isEqualTo(InboxPlace.INBOX_PLACE_MAIN);
      assertThat(anew.hasDraft()).isFalse();
      assertThat(
              sql.number("select count(*) from member_draft where conversation_id = ?::uuid", room))
          .isZero();
    }
  }
}
