// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.Accepted;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// A user has one rate, on however many sockets and however often they come back.
@Tag("slow")
final class RateJourneyTest {
  // One to open a conversation, three to speak.
  private static final Map<String, String> FOUR_AT_ONCE =
      Map.of("TERN_LIMITS_MESSAGES_PER_SECOND", "1", "TERN_LIMITS_MESSAGES_BURST", "4");

  private static ErrorCode refusal(TestClient client, String room) {
    return client.ask(TestClient.message(room, "x", UUID.randomUUID())).getError().getCode();
  }

  @Test
  void comingBackDoesNotRefillTheRate() {
    try (TestNode node = TestNode.start(FOUR_AT_ONCE)) {
      String room;
      try (TestClient alice = node.connect("alice")) {
        room = alice.openDirect("bob");
        for (int i = 0; i < 3; i++) {
          alice.say(room, "at once");
        }
      }

      try (TestClient alice = node.connect("alice")) {
        assertThat(refusal(alice, room)).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      }
    }
  }

  @Test
  void socketsOfAUserShareTheRateAndOthersHaveTheirOwn() {
    try (TestNode node = TestNode.start(FOUR_AT_ONCE);
        TestClient phone = TestClient.connect(node, "alice", "phone", "main");
        TestClient tablet = TestClient.connect(node, "alice", "tablet", "main");
        TestClient bob = node.connect("bob")) {
      String room = phone.openDirect("bob");
      for (int i = 0; i < 3; i++) {
        phone.say(room, "at once");
      }

      assertThat(refusal(tablet, room)).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      assertThat(bob.say(room, "not concerned").getSequence()).isEqualTo(4);
    }
  }

  @Test
  void whatElseOthersHearOfSharesTheRateOfMessages() {
    try (TestNode node = TestNode.start(FOUR_AT_ONCE);
        TestClient alice = node.connect("alice")) {
      String room = alice.createGroup("one");
      for (String name : List.of("two", "three", "four")) {
        assertThat(alice.ask(Requests.rename(room, name)).hasConversationChanged()).isTrue();
      }

      assertThat(alice.ask(Requests.rename(room, "five")).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      assertThat(refusal(alice, room)).isEqualTo(ErrorCode.ERROR_CODE_RATE_LIMITED);
      assertThat(alice.ask(Requests.read(room)).hasConversationOpened()).isTrue();
    }
  }

  @Test
  void repeatIsAnsweredOnceTheRateAllows() {
    try (TestNode node = TestNode.start(FOUR_AT_ONCE);
        TestClient alice = node.connect("alice")) {
      String room = alice.openDirect("bob");
      ClientFrame.Builder message = TestClient.message(room, "once", UUID.randomUUID());
      Accepted first = alice.ask(message).getAccepted();
      ServerFrame again = alice.ask(message);
      for (int i = 0; i < 20 && again.getAccepted().getDuplicate(); i++) {
        again = alice.ask(message);
      }
      assertThat(again.getError().getRetryAfterMs()).isBetween(1, 1_100);

      tern.Eventually.passes(java.time.Duration.ofMillis(again.getError().getRetryAfterMs() + 20));

      assertThat(alice.ask(message).getAccepted().getSequence()).isEqualTo(first.getSequence());
    }
  }
}
