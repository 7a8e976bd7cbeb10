// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.CatchUpPage;
import tern.v1.Changes;
import tern.v1.InboxPage;

/// Two transactions, numbered in one order and committed in the other: nobody's mark passes the one
/// that is still open.
final class OpenTransactionTest {
  @AutoClose private static final TestNode node = TestNode.start();

  private static InboxPage since(TestClient client, String cursor) {
    return client.ask(Requests.inboxSince(cursor, 100)).getInboxPage();
  }

  private static List<String> conversations(InboxPage page) {
    return page.getEntriesList().stream()
        .map(entry -> entry.getConversation().getConversationId())
        .toList();
  }

  @Test
  void inboxCursorDoesNotPassAnOpenChange() {
    try (TestClient alice = node.connect("alice1");
        TestSql late = TestSql.of(node)) {
      String first = alice.openDirect("bob1");
      String second = alice.openDirect("carol1");
      late.begin().store(first, "bob1", "numbered first, committed last");
      Eventually.passes(Duration.ofMillis(500));
      alice.say(second, "numbered last, committed first");

      InboxPage meanwhile = alice.ask(Requests.inbox(100)).getInboxPage();
      late.commit();
      InboxPage later = since(alice, meanwhile.getCursor());

      assertThat(meanwhile.getEntriesList())
          .filteredOn(entry -> entry.getConversation().getConversationId().equals(first))
          .noneMatch(entry -> entry.hasLastMessage());
      assertThat(conversations(later)).contains(first);
      assertThat(later.getEntriesList())
          .filteredOn(entry -> entry.getConversation().getConversationId().equals(first))
          .allMatch(entry -> entry.getUnread() == 1);
    }
  }

  @Test
  void cursorOfHelloDoesNotPassAnOpenRemoval() {
    try (TestClient alice = node.connect("alice2");
        TestSql late = TestSql.of(node)) {
      String room = alice.createGroup("leavers", "bob2");
      late.begin().remove(room, "alice2", "bob2");
      String cursor;
      try (TestClient bob = node.connect("bob2")) {
        cursor = bob.welcome().getInbox().getCursor();
        assertThat(conversations(bob.welcome().getInbox())).contains(room);
      }
      late.commit();

      try (TestClient bob = TestClient.connect(node, "bob2", "bob2-phone", "main", cursor)) {
        assertThat(bob.welcome().getInbox().getEntriesList())
            .filteredOn(entry -> entry.getRemoved())
            .hasSize(1);
      }
    }
  }

  @Test
  void catchUpPositionDoesNotPassAnOpenChange() {
    try (TestClient alice = node.connect("alice3");
        TestSql late = TestSql.of(node)) {
      String room = alice.openDirect("bob3");
      alice.say(room, "before");
      late.begin().store(room, "bob3", "open");

      Changes meanwhile = alice.catchUp(room, alice.position(2, 1)).getLast().getChanges();
      late.commit();
      CatchUpPage later =
          alice
              .catchUp(room, alice.position(meanwhile.getThrough(), meanwhile.getSequence()))
              .getLast();

      assertThat(meanwhile.getThrough()).isEqualTo(2);
      assertThat(later.getChanges().getMessagesList().stream().map(TestClient::text))
          .containsExactly("open");
    }
  }

  @Test
  @Tag("slow")
  void safetyNetDoesNotPassAnOpenGroup() {
    try (TestClient alice = node.connect("alice4");
        TestSql late = TestSql.of(node)) {
      String first = alice.openDirect("bob4");
      String second = alice.openDirect("carol4");
      late.begin().store(first, "bob4", "numbered first, committed last");
      for (int i = 0; i < 4; i++) {
        alice.say(second, "numbered last, committed first");
        Eventually.passes(Duration.ofSeconds(1));
      }
      late.commit();
      long healed = System.nanoTime();

      alice.await(frame -> frame.getEnvelope().getChanges().getConversationId().equals(first));

      assertThat(Duration.ofNanos(System.nanoTime() - healed)).isLessThan(Duration.ofSeconds(5));
    }
  }
}
