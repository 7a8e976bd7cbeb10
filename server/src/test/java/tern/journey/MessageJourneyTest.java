// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.CatchUpPage;
import tern.v1.Changes;
import tern.v1.ErrorCode;
import tern.v1.InboxEntry;
import tern.v1.ServerFrame;

/// A message goes from one person to another, seen or missed, and what both see of it on the way.
final class MessageJourneyTest {
  @AutoClose private static final TestNode node = TestNode.start();

  @Test
  void messageReachesTheOtherPersonsScreen() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String room = alice.openDirect("bob1");

      alice.say(room, "مرحبا 你好 🐦");
      Changes heard = bob.awaitChanges();

      assertThat(heard.getConversationId()).isEqualTo(room);
      assertThat(heard.getAfter()).isEqualTo(1);
      assertThat(heard.getThrough()).isEqualTo(2);
      assertThat(TestClient.text(heard.getMessages(0))).isEqualTo("مرحبا 你好 🐦");
      assertThat(heard.getMessages(0).getSequence()).isEqualTo(1);
    }
  }

  @Test
  void repeatedClientMessageIdIsAcceptedOnce() {
    try (TestClient alice = node.connect("alice2")) {
      String room = alice.openDirect("bob2");
      UUID id = UUID.randomUUID();

      ServerFrame first = alice.ask(TestClient.message(room, "once", id));
      ServerFrame again = alice.ask(TestClient.message(room, "once", id));
      ServerFrame other = alice.ask(TestClient.message(room, "twice", id));

      assertThat(again.getAccepted().getDuplicate()).isTrue();
      assertThat(again.getAccepted().getSequence()).isEqualTo(first.getAccepted().getSequence());
      assertThat(again.getAccepted().getCreatedAtMs())
          .isEqualTo(first.getAccepted().getCreatedAtMs());
      assertThat(other.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_CONFLICT);
    }
  }

  @Test
  void whoWasAwayCatchesUpOnExactlyWhatTheyMissed() {
    try (TestClient alice = node.connect("alice3")) {
      String room = alice.openDirect("bob3");
      alice.say(room, "before");
      for (int i = 1; i <= 250; i++) {
        alice.say(room, "missed " + i);
      }

      try (TestClient bob = node.connect("bob3")) {
        List<CatchUpPage> pages = bob.catchUp(room, bob.position(2, 1));
        alice.say(room, "live again");
        Changes live = bob.awaitChanges();

        assertThat(pages).hasSizeGreaterThan(2);
        assertThat(pages.getFirst().getChanges().getAfter()).isEqualTo(2);
        assertThat(
                pages.stream()
                    .flatMap(page -> page.getChanges().getMessagesList().stream())
                    .map(TestClient::text))
            .containsExactlyElementsOf(
                java.util.stream.IntStream.rangeClosed(1, 250)
                    .mapToObj(i -> "missed " + i)
                    .toList());
        assertThat(live.getAfter()).isEqualTo(pages.getLast().getChanges().getThrough());
      }
    }
  }

  @Test
  void inboxTellsUnreadAndReadingClearsIt() {
    try (TestClient alice = node.connect("alice4")) {
      String room = alice.openDirect("bob4");
      alice.say(room, "one");
      alice.say(room, "two");

      try (TestClient bob = node.connect("bob4")) {
        InboxEntry entry = bob.welcome().getInbox().getEntries(0);
        ServerFrame read = bob.ask(Requests.markRead(room, 2));
        ServerFrame update =
            bob.await(frame -> frame.hasInboxUpdate() && frame.getInboxUpdate().getBadge() == 0);

        assertThat(entry.getUnread()).isEqualTo(2);
        assertThat(entry.getPeerId()).isEqualTo("alice4");
        assertThat(TestClient.text(entry.getLastMessage())).isEqualTo("two");
        assertThat(bob.welcome().getInbox().getBadge()).isEqualTo(2);
        assertThat(read.getMarkedRead().getUnread()).isZero();
        assertThat(update.getInboxUpdate().getEntries(0).getUnread()).isZero();
      }
    }
  }

  @Test
  void senderHearsThatTheMessageWasDeliveredAndRead() {
    try (TestClient alice = node.connect("alice5");
        TestClient bob = node.connect("bob5")) {
      String room = alice.openDirect("bob5");
      alice.say(room, "hello");
      Changes heard = bob.awaitChanges();

      bob.send(Requests.acknowledge(room, heard.getThrough(), heard.getSequence()));
      alice.awaitMarker("bob5", 1, 0);
      bob.ask(Requests.markRead(room, 1));

      alice.awaitMarker("bob5", 1, 1);
    }
  }

  @Test
  void newConversationAppearsInTheOthersLists() {
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6")) {
      String room = alice.createGroup("climbing", "bob6");

      ServerFrame update = bob.await(ServerFrame::hasInboxUpdate);

      assertThat(update.getInboxUpdate().getEntries(0).getConversation().getConversationId())
          .isEqualTo(room);
    }
  }
}
