// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ConversationOpened;
import tern.v1.ErrorCode;
import tern.v1.InboxEntry;
import tern.v1.InboxPage;
import tern.v1.ServerFrame;

/// Nobody puts an empty line into somebody else's list.
final class UnopenedDirectTest {
  @AutoClose private static final TestNode node = TestNode.start();

  private static List<String> rooms(List<InboxEntry> entries) {
    return entries.stream().map(it -> it.getConversation().getConversationId()).toList();
  }

  private static List<String> list(TestClient reader) {
    return rooms(reader.ask(Requests.inbox(100)).getInboxPage().getEntriesList());
  }

  private static List<String> since(TestClient reader, String cursor) {
    return rooms(reader.ask(Requests.inboxSince(cursor, 100)).getInboxPage().getEntriesList());
  }

  private static String cursor(TestClient reader) {
    return reader.ask(Requests.inbox(100)).getInboxPage().getCursor();
  }

  private static boolean tells(ServerFrame frame, String room) {
    return rooms(frame.getInboxUpdate().getEntriesList()).contains(room);
  }

  // Told or not, it is by the update that tells of a later conversation.
  private static boolean wasToldOf(TestClient reader, TestClient friend, String room, String name) {
    String later = friend.createGroup("later", name);
    ServerFrame news = reader.await(it -> tells(it, later));
    return tells(news, room) || reader.heard().stream().anyMatch(it -> tells(it, room));
  }

  @Test
  void anEmptyOneIsListedOnlyForWhoeverOpenedItUntilTheFirstMessage() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1")) {
      String before = cursor(bob);
      String room = alice.openDirect("bob1");

      assertThat(list(alice)).containsExactly(room);
      assertThat(list(bob)).isEmpty();
      assertThat(since(bob, before)).isEmpty();
      assertThat(wasToldOf(bob, alice, room, "bob1")).isFalse();

      alice.say(room, "hello");

      bob.await(it -> tells(it, room));
      assertThat(list(bob)).contains(room);
      assertThat(since(bob, before)).contains(room);
      InboxPage page = bob.ask(Requests.inbox(100)).getInboxPage();
      assertThat(page.getBadge()).isEqualTo(1);
    }
  }

  @Test
  void whoOpensItTooHasItInTheListOfEveryDevice() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2");
        TestClient tablet = TestClient.connect(node, "bob2", "tablet", "main")) {
      String room = alice.openDirect("bob2");
      String before = cursor(bob);

      ConversationOpened opened = bob.ask(Requests.openDirect("alice2")).getConversationOpened();

      assertThat(opened.getCreated()).isFalse();
      tablet.await(it -> tells(it, room));
      assertThat(list(bob)).containsExactly(room);
      assertThat(since(bob, before)).containsExactly(room);
    }
  }

  @Test
  void whoIsBlockedIsAnsweredAsEverAndStandsInNoList() {
    try (TestClient alice = node.connect("alice3");
        TestClient mallory = node.connect("mallory3")) {
      alice.ask(PersonRequests.block("mallory3"));

      ConversationOpened opened =
          mallory.ask(Requests.openDirect("alice3")).getConversationOpened();
      String room = opened.getConversation().getConversationId();
      ServerFrame refused = mallory.ask(TestClient.message(room, "unwanted", UUID.randomUUID()));

      assertThat(opened.getCreated()).isTrue();
      assertThat(opened.getMembersList()).hasSize(2);
      assertThat(refused.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_FORBIDDEN);
      assertThat(list(mallory)).containsExactly(room);
      assertThat(list(alice)).isEmpty();
    }
  }
}
