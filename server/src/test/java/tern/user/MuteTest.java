// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ErrorCode;
import tern.v1.InboxEntry;
import tern.v1.ServerFrame;

/// What a mute keeps away from oneself, and from nobody else.
@Tag("slow")
final class MuteTest {
  private static final long MOST_MILLIS = (1L << 53) - 1;

  @AutoClose private static final TestNode node = TestNode.start();

  @Test
  void whoIsMutedIsNotShownAsTypingAndStaysUnread() {
    try (TestClient alice = node.connect("alice1");
        TestClient bob = node.connect("bob1");
        TestClient carol = node.connect("carol1")) {
      String room = alice.createGroup("team", "bob1", "carol1");

      alice.ask(PersonRequests.mute("bob1"));
      bob.send(Requests.typing(room));
      carol.await(ServerFrame::hasTyping);
      bob.say(room, "hello");
      Eventually.passes(Duration.ofMillis(300));

      assertThat(alice.heard()).noneMatch(ServerFrame::hasTyping);
      assertThat(alice.ask(Requests.inbox(1)).getInboxPage().getEntries(0).getUnread())
          .isEqualTo(1);
      assertThat(bob.heard()).noneMatch(ServerFrame::hasRelationChanged);
    }
  }

  @Test
  void whoIsMutedSeesTheOtherTyping() {
    try (TestClient alice = node.connect("alice2");
        TestClient bob = node.connect("bob2")) {
      String room = alice.openDirect("bob2");

      alice.ask(PersonRequests.mute("bob2"));
      alice.send(Requests.typing(room));

      assertThat(bob.await(ServerFrame::hasTyping).getTyping().getUserId()).isEqualTo("alice2");
      assertThat(bob.say(room, "hello").getSequence()).isEqualTo(1);
    }
  }

  @Test
  void aMutedConversationSaysSoOnAllDevicesOfTheUserAlone() {
    try (TestClient alice = node.connect("alice3");
        TestClient tablet = TestClient.connect(node, "alice3", "tablet", "main");
        TestClient bob = node.connect("bob3")) {
      String room = alice.createGroup("team", "bob3");
      String cursor = alice.ask(Requests.inbox(1)).getInboxPage().getCursor();

      ServerFrame answer = alice.ask(PersonRequests.muteConversation(room, 1_900_000_000_000L));
      tablet.await(
          frame ->
              frame.getInboxUpdate().getEntriesList().stream()
                  .anyMatch(it -> it.getMutedUntilMs() == 1_900_000_000_000L));
      InboxEntry since = alice.ask(Requests.inboxSince(cursor, 1)).getInboxPage().getEntries(0);

      assertThat(answer.getConversationMuted().getMutedUntilMs()).isEqualTo(1_900_000_000_000L);
      assertThat(since.getMutedUntilMs()).isEqualTo(1_900_000_000_000L);
      assertThat(bob.ask(Requests.inbox(1)).getInboxPage().getEntries(0).getMutedUntilMs())
          .isZero();
    }
  }

  @Test
  void aConversationIsMutedForGoodAndNoMore() {
    try (TestClient alice = node.connect("alice4")) {
      String room = alice.createGroup("team");

      alice.ask(PersonRequests.muteConversation(room, MOST_MILLIS));
      InboxEntry muted = alice.ask(Requests.inbox(1)).getInboxPage().getEntries(0);
      alice.ask(PersonRequests.muteConversation(room, 0));
      InboxEntry open = alice.ask(Requests.inbox(1)).getInboxPage().getEntries(0);

      assertThat(muted.getMutedUntilMs()).isEqualTo(MOST_MILLIS);
      assertThat(open.getMutedUntilMs()).isZero();
      for (long beyond : new long[] {-1, MOST_MILLIS + 1}) {
        assertThat(alice.ask(PersonRequests.muteConversation(room, beyond)).getError().getCode())
            .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      }
    }
  }
}
