// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonRequests;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ButtonPressed;
import tern.v1.ClientFrame;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.HistoryVisibility;
import tern.v1.InboxEntry;
import tern.v1.InboxPage;
import tern.v1.Member;
import tern.v1.Person;
import tern.v1.ServerFrame;

/// What a block stops, what it leaves, and who learns of it.
@Tag("slow")
final class BlockTest {
  private static final Duration MOMENT = Duration.ofMillis(300);

  @AutoClose private static final TestNode node = TestNode.start();

  private static Error error(TestClient client, String room, String text) {
    return client.ask(TestClient.message(room, text, UUID.randomUUID())).getError();
  }

  private static InboxEntry entry(TestClient client, String room) {
    return client.ask(Requests.inbox(100)).getInboxPage().getEntriesList().stream()
        .filter(it -> it.getConversation().getConversationId().equals(room))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void inADirectNeitherCanSendAndTheAnswerIsThatOfAnyForbiddenThing() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.openDirect("bob1");
      bob.say(room, "before");

      alice.ask(PersonRequests.block("bob1"));
      Error toBob = error(bob, room, "unwanted");
      Error toAlice = error(alice, room, "unsaid");

      assertThat(toBob.getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(toBob).isEqualTo(toAlice).isEqualTo(bob.ask(Requests.leave(room)).getError());
      assertThat(alice.ask(Requests.before(room, 0, 10)).getHistoryPage().getMessagesList())
          .extracting(TestClient::text)
          .containsExactly("before");
    }
  }

  @Test
  void whatWasAcceptedBeforeTheBlockIsStillAnsweredSoWhenItIsRepeated() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = alice.openDirect("bob2");
      UUID id = UUID.randomUUID();
      bob.ask(TestClient.message(room, "hello", id));

      alice.ask(PersonRequests.block("bob2"));
      ServerFrame again = bob.ask(TestClient.message(room, "hello", id));

      assertThat(again.getAccepted().getDuplicate()).as(again.toString()).isTrue();
    }
  }

  @Test
  void aBlockThatIsOlderThanTheConversationHolds() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      alice.ask(PersonRequests.block("bob3"));

      String room = bob.openDirect("alice3");

      assertThat(error(bob, room, "unwanted").getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
    }
  }

  @Test
  void nothingIsEditedReactedWithOrPinnedWhereOneBlocksTheOther() {
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4")) {
      String room = alice.openDirect("bob4");
      bob.say(room, "before");
      bob.ask(Requests.pin(room, 1));
      alice.ask(PersonRequests.block("bob4"));

      for (var request :
          List.of(
              Requests.edit(room, 1, UUID.randomUUID(), "unwanted"),
              Requests.react(room, 1, "\uD83D\uDC4E"),
              Requests.pin(room, 1))) {
        assertThat(bob.ask(request).getError().getCode())
            .as(request.toString())
            .isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      }
      assertThat(bob.ask(Requests.unpin(room, 1)).hasMessageChanged()).isTrue();
      assertThat(bob.ask(Requests.delete(room, 1)).hasMessageChanged()).isTrue();
    }
  }

  @Test
  void noButtonIsPressedWhereOneBlocksTheOtherSaveThatARepeatIsKnown() {
    try (TestClient alice = node.connect("alice16");
        TestClient bob = node.connect("bob16")) {
      String room = alice.openDirect("bob16");
      alice.ask(PersonalRequests.card(room, "yes"));
      UUID id = UUID.randomUUID();
      bob.ask(PersonalRequests.press(room, 1, "yes", id));
      alice.await(ServerFrame::hasButtonPressed);

      alice.ask(PersonRequests.block("bob16"));
      Error refused = bob.ask(PersonalRequests.press(room, 1, "yes", UUID.randomUUID())).getError();

      assertThat(refused).isEqualTo(error(bob, room, "unwanted"));
      assertThat(bob.ask(PersonalRequests.press(room, 1, "yes", id)).getButtonPressed())
          .matches(ButtonPressed::getDuplicate);
      Eventually.passes(MOMENT);
      assertThat(alice.heard()).noneMatch(ServerFrame::hasButtonPressed);
    }
  }

  @Test
  void theyMaySpeakAgainOnceNeitherBlocksTheOther() {
    try (TestClient alice = node.connect("alice5");
        TestClient bob = node.connect("bob5")) {
      String room = alice.openDirect("bob5");
      alice.ask(PersonRequests.block("bob5"));
      bob.ask(PersonRequests.block("alice5"));

      alice.ask(PersonRequests.unblock("bob5"));
      Error stillBlocked = error(alice, room, "unsaid");
      bob.ask(PersonRequests.unblock("alice5"));

      assertThat(stillBlocked.getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(alice.say(room, "said").getSequence()).isEqualTo(1);
    }
  }

  @Test
  void inGroupsTheirMessagesStayAndAreNotUnread() {
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6");
        TestClient carol = node.connect("carol6")) {
      String room = alice.createGroup("team", "bob6", "carol6");
      bob.say(room, "one");
      carol.say(room, "two");
      bob.say(room, "three");
      bob.ask(Requests.delete(room, 3));
      assertThat(entry(alice, room).getUnread()).isEqualTo(2);

      alice.ask(PersonRequests.block("bob6"));
      alice.await(
          frame ->
              frame.getInboxUpdate().getEntriesList().stream().anyMatch(it -> it.getUnread() == 1));
      bob.say(room, "four");

      assertThat(alice.await(it -> it.toString().contains("four")).hasEnvelope()).isTrue();
      assertThat(entry(alice, room).getUnread()).isEqualTo(1);
      assertThat(alice.ask(Requests.inbox(100)).getInboxPage().getBadge()).isEqualTo(1);
      assertThat(alice.ask(Requests.markRead(room, 1)).getMarkedRead().getUnread()).isEqualTo(1);
      assertThat(alice.ask(Requests.before(room, 0, 10)).getHistoryPage().getMessagesList())
          .extracting(TestClient::text)
          .containsExactly("one", "two", "", "four");
      assertThat(carol.ask(Requests.markRead(room, 2)).getMarkedRead().getUnread()).isEqualTo(1);
    }
  }

  @Test
  void whoIsBlockedBringsTheOneWhoBlocksIntoNoGroup() {
    try (TestClient alice = node.connect("alice17");
        TestClient bob = node.connect("bob17")) {
      String team = bob.createGroup("team", "carol17");
      String shared = bob.createGroup("shared", "alice17");
      String keyed = id(bob.ask(group("two-17", "alice17")));
      alice.ask(PersonRequests.block("bob17"));

      Error created = bob.ask(group("two-17-again", "alice17", "carol17")).getError();
      Error added = bob.ask(Requests.add(team, List.of("dave17", "alice17"))).getError();

      assertThat(created.getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(added).isEqualTo(created);
      assertThat(bob.ask(Requests.read(team)).getConversationOpened().getMembersList())
          .extracting(Member::getUserId)
          .containsExactly("bob17", "carol17");
      assertThat(bob.ask(Requests.add(shared, List.of("alice17"))).hasMembersChanged()).isTrue();
      assertThat(id(bob.ask(group("two-17", "alice17")))).isEqualTo(keyed);
      assertThat(bob.ask(group("two-17-again", "carol17")).hasConversationOpened()).isTrue();
      assertThat(alice.ask(Requests.add(alice.createGroup("hers"), List.of("bob17"))))
          .matches(ServerFrame::hasMembersChanged);
    }
  }

  private static ClientFrame.Builder group(String key, String... others) {
    return Requests.createGroup(
        "two", key, HistoryVisibility.HISTORY_VISIBILITY_START, List.of(others));
  }

  private static String id(ServerFrame answer) {
    return answer.getConversationOpened().getConversation().getConversationId();
  }

  @Test
  void neitherSeesTheOtherTyping() {
    try (TestClient alice = node.connect("alice7");
        TestClient bob = node.connect("bob7");
        TestClient carol = node.connect("carol7")) {
      String room = alice.createGroup("team", "bob7", "carol7");
      bob.send(Requests.typing(room));
      alice.await(ServerFrame::hasTyping);
      carol.await(ServerFrame::hasTyping);

      alice.ask(PersonRequests.block("bob7"));
      bob.send(Requests.typing(room));
      carol.await(ServerFrame::hasTyping);
      alice.send(Requests.typing(room));
      carol.await(ServerFrame::hasTyping);
      Eventually.passes(MOMENT);

      assertThat(alice.heard()).noneMatch(ServerFrame::hasTyping);
      assertThat(bob.heard()).noneMatch(ServerFrame::hasTyping);
    }
  }

  @Test
  void onesOtherDevicesHearOfItAndTheBlockedOneDoesNot() {
    try (TestClient alice = node.connect("alice8");
        TestClient tablet = TestClient.connect(node, "alice8", "tablet", "main");
        TestClient bob = node.connect("bob8")) {
      String room = alice.openDirect("bob8");
      bob.openDirect("alice8");
      String cursor = alice.ask(Requests.inbox(1)).getInboxPage().getCursor();

      alice.ask(PersonRequests.block("bob8"));
      ServerFrame news = tablet.await(ServerFrame::hasRelationChanged);
      tablet.await(
          frame ->
              frame.getInboxUpdate().getEntriesList().stream()
                  .anyMatch(InboxEntry::getPeerBlocked));
      InboxPage since = alice.ask(Requests.inboxSince(cursor, 10)).getInboxPage();
      Eventually.passes(MOMENT);

      assertThat(news.getRelationChanged().getUserId()).isEqualTo("bob8");
      assertThat(news.getRelationChanged().getBlocked()).isTrue();
      assertThat(since.getEntriesList()).anyMatch(InboxEntry::getPeerBlocked);
      assertThat(bob.heard()).noneMatch(ServerFrame::hasRelationChanged);
      assertThat(entry(bob, room).getPeerBlocked()).isFalse();
    }
  }

  @Test
  void theListComesInPagesAndHoldsWhoIsBlockedNow() {
    try (TestClient alice = node.connect("alice9")) {
      for (String each : List.of("u3", "u1", "u2", "u4")) {
        alice.ask(PersonRequests.block(each));
      }
      alice.ask(PersonRequests.mute("u5"));
      alice.ask(PersonRequests.mute("u4"));
      alice.ask(PersonRequests.unblock("u4"));
      alice.ask(PersonRequests.block("u3"));

      var first = alice.ask(PersonRequests.blocked("", 2)).getPeople();
      var second = alice.ask(PersonRequests.blocked(first.getNextPage(), 2)).getPeople();
      var muted = alice.ask(PersonRequests.muted("", 10)).getPeople();

      assertThat(first.getPeopleList()).extracting(Person::getUserId).containsExactly("u1", "u2");
      assertThat(second.getPeopleList()).extracting(Person::getUserId).containsExactly("u3");
      assertThat(second.getNextPage()).isEmpty();
      assertThat(muted.getPeopleList()).extracting(Person::getUserId).containsExactly("u4", "u5");
    }
  }

  @Test
  void nobodyBlocksOrMutesThemselves() {
    try (TestClient alice = node.connect("alice10")) {
      for (var request : List.of(PersonRequests.block("alice10"), PersonRequests.mute("alice10"))) {
        assertThat(alice.ask(request).getError().getCode())
            .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      }
    }
  }
}
