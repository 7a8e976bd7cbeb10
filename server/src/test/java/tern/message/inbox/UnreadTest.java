// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.ClientFrame;
import tern.v1.HistoryVisibility;
import tern.v1.InboxPage;
import tern.v1.InboxUpdate;
import tern.v1.ServerFrame;

/// How many are unread, in each conversation and in all.
final class UnreadTest {
  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  private static InboxPage list(TestClient client) {
    return client.ask(Requests.inbox(100)).getInboxPage();
  }

  private static void sayUncounted(TestClient client, String room) {
    ClientFrame.Builder message = TestClient.message(room, "by the way", UUID.randomUUID());
    message.getSendMessageBuilder().setCountable(false);
    assertThat(client.ask(message).hasAccepted()).isTrue();
  }

  // As if so many had been said before the last one.
  private static void pretend(String room, int countable) {
    sql.run("update conversation set countable = ? where id = ?::uuid", countable, room);
  }

  @Test
  void badgeIsTheSumOfWhatIsUnread() {
    try (TestClient alice = node.connect("alice1");
        TestClient carol = node.connect("carol1")) {
      String first = alice.openDirect("bob1");
      String second = carol.openDirect("bob1");
      alice.say(first, "one");
      alice.say(first, "two");
      sayUncounted(alice, first);
      carol.say(second, "three");

      try (TestClient bob = node.connect("bob1")) {
        InboxPage inbox = list(bob);
        assertThat(inbox.getBadge()).isEqualTo(3);
        assertThat(inbox.getEntriesList())
            .extracting(entry -> entry.getUnread())
            .containsExactlyInAnyOrder(1, 2);
        bob.ask(Requests.markRead(first, 1));
        assertThat(list(bob).getBadge()).isEqualTo(2);
      }
    }
  }

  @Test
  void whatTheServerWroteInSomebodysNameIsNothingTheyHaveReadWhenTheyComeBack() {
    try (TestClient alice = node.connect("alice12");
        TestClient bob = node.connect("bob12")) {
      String room =
          alice.createGroup("all", HistoryVisibility.HISTORY_VISIBILITY_START, List.of("bob12"));
      alice.say(room, "one");
      bob.ask(Requests.leave(room));

      alice.ask(Requests.add(room, List.of("bob12")));

      assertThat(list(bob).getBadge()).isEqualTo(1);
      assertThat(sql.read(room, "bob12")).isZero();
    }
  }

  @Test
  void eachConversationCountsAtMostAThousand() {
    try (TestClient alice = node.connect("alice2")) {
      String first = alice.openDirect("bob2");
      String second = alice.createGroup("busy", "bob2");
      alice.say(first, "one");
      alice.say(second, "one");
      pretend(first, 5_000);
      pretend(second, 999);

      try (TestClient bob = node.connect("bob2")) {
        assertThat(list(bob).getBadge()).isEqualTo(1_999);
        assertThat(list(bob).getEntriesList())
            .extracting(entry -> entry.getUnread())
            .containsExactlyInAnyOrder(1_000, 999);
      }
    }
  }

  @Test
  void ownMessagesAreNeverUnread() {
    try (TestClient alice = node.connect("alice3")) {
      String room = alice.openDirect("bob3");

      for (int i = 0; i < 30; i++) {
        alice.say(room, "mine " + i);
        InboxPage inbox = list(alice);
        assertThat(inbox.getEntries(0).getUnread()).isZero();
        assertThat(inbox.getBadge()).isZero();
      }
    }
  }

  @Test
  void answeringReadsWhatCameBefore() {
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4")) {
      String room = alice.openDirect("bob4");
      alice.say(room, "a question");
      alice.say(room, "and another");
      assertThat(list(bob).getBadge()).isEqualTo(2);

      bob.say(room, "an answer");
      assertThat(list(bob).getBadge()).isZero();
      alice.say(room, "thanks");

      Eventually.holds("one", Duration.ofSeconds(2), () -> list(bob).getBadge() == 1);
    }
  }

  @Test
  void readingInOneSessionClearsTheOthers() {
    try (TestClient alice = node.connect("alice5");
        TestClient phone = TestClient.connect(node, "bob5", "phone", "main");
        TestClient tablet = TestClient.connect(node, "bob5", "tablet", "main")) {
      String room = alice.openDirect("bob5");
      alice.say(room, "read me anywhere");
      tablet.await(frame -> frame.getInboxUpdate().getBadge() == 1);

      phone.ask(Requests.markRead(room, 1));
      InboxUpdate update =
          tablet
              .await(frame -> frame.hasInboxUpdate() && frame.getInboxUpdate().getBadge() == 0)
              .getInboxUpdate();

      assertThat(update.getEntries(0).getUnread()).isZero();
      assertThat(update.getEntries(0).getMarker().getRead()).isEqualTo(1);
    }
  }

  @Test
  @Tag("slow")
  void updatesComeAtMostOnceASecond() throws InterruptedException {
    AtomicBoolean ends = new AtomicBoolean();
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6")) {
      String room = alice.openDirect("bob6");
      Thread writer =
          Thread.startVirtualThread(
              () -> {
                while (!ends.get()) {
                  alice.send(TestClient.message(room, "on and on", UUID.randomUUID()));
                  Eventually.passes(Duration.ofMillis(10));
                }
              });
      bob.await(ServerFrame::hasInboxUpdate);

      for (int i = 0; i < 4; i++) {
        long before = System.nanoTime();
        bob.await(ServerFrame::hasInboxUpdate);
        Duration apart = Duration.ofNanos(System.nanoTime() - before);
        assertThat(apart).isBetween(Duration.ofMillis(850), Duration.ofMillis(2_500));
      }
      ends.set(true);
      writer.join();
    }
  }

  @Test
  @Tag("slow")
  void updateOfManyLongMessagesIsSpreadAndNobodyIsTooSlowForIt() {
    try (TestClient alice = node.connect("alice7");
        TestClient bob = node.connect("bob7")) {
      for (int i = 0; i < 60; i++) {
        String room = alice.createGroup("heavy " + i, "bob7");
        alice.send(TestClient.message(room, "x".repeat(16_000), UUID.randomUUID()));
      }

      int told = 0;
      while (told < 60) {
        ServerFrame frame = bob.await(ServerFrame::hasInboxUpdate);
        assertThat(frame.getSerializedSize()).isLessThanOrEqualTo(300 * 1024);
        told +=
            (int)
                frame.getInboxUpdate().getEntriesList().stream()
                    .filter(entry -> entry.hasLastMessage())
                    .count();
      }
    }
  }
}
