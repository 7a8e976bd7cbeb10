// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ErrorCode;
import tern.v1.SavedDraft;
import tern.v1.ServerFrame;

/// What a user has begun to write waits for them on all of their devices.
@Tag("slow")
final class SavedDraftTest {
  @AutoClose private static final TestNode node = TestNode.start();

  private static SavedDraft listed(TestClient client) {
    return client.ask(Requests.inbox(1)).getInboxPage().getEntries(0).getDraft();
  }

  @Test
  void draftIsSeenOnTheOtherDevicesAndByNobodyElse() {
    try (TestClient phone = TestClient.connect(node, "alice1", "phone", "main");
        TestClient tablet = TestClient.connect(node, "alice1", "tablet", "main");
        TestClient bob = node.connect("bob1")) {
      String room = phone.openDirect("bob1");
      bob.openDirect("alice1");

      phone.ask(PersonalRequests.draft(room, "a canary"));

      tablet.await(
          frame ->
              frame.getInboxUpdate().getEntriesList().stream()
                  .anyMatch(it -> it.getDraft().getText().equals("a canary")));
      assertThat(listed(tablet).getReplyTo()).isEqualTo(1);
      assertThat(listed(tablet).getSavedAtMs()).isPositive();
      assertThat(listed(bob).getText()).isEmpty();
      Eventually.passes(Duration.ofMillis(300));
      assertThat(bob.heard()).noneMatch(frame -> frame.toString().contains("canary"));
    }
  }

  @Test
  void lastOneToSaveWinsAndAnEmptyTextDeletes() {
    try (TestClient phone = TestClient.connect(node, "alice2", "phone", "main");
        TestClient tablet = TestClient.connect(node, "alice2", "tablet", "main")) {
      String room = phone.openDirect("bob2");

      phone.ask(PersonalRequests.draft(room, "on the phone"));
      tablet.ask(PersonalRequests.draft(room, "on the tablet"));
      assertThat(listed(phone).getText()).isEqualTo("on the tablet");
      phone.ask(PersonalRequests.draft(room, ""));

      ServerFrame again = phone.ask(PersonalRequests.draft(room, ""));
      assertThat(again.getInboxEntryChanged().getEntry().hasDraft()).isFalse();
      assertThat(listed(tablet)).isEqualTo(SavedDraft.getDefaultInstance());
    }
  }

  @Test
  void sendingLeavesTheDraftToWhoeverSends() {
    try (TestClient alice = node.connect("alice3")) {
      String room = alice.openDirect("bob3");
      alice.ask(PersonalRequests.draft(room, "half a"));

      alice.say(room, "something else");

      assertThat(listed(alice).getText()).isEqualTo("half a");
    }
  }

  @Test
  void draftIsAsLongAsAMessageAtMost() {
    try (TestClient alice = node.connect("alice4")) {
      String room = alice.openDirect("bob4");

      assertThat(
              alice
                  .ask(PersonalRequests.draft(room, "x".repeat(16_384)))
                  .getInboxEntryChanged()
                  .getEntry()
                  .getDraft()
                  .getText())
          .hasSize(16_384);
      assertThat(alice.ask(PersonalRequests.draft(room, "x".repeat(16_385))).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_TOO_LARGE);
      assertThat(alice.ask(PersonalRequests.draft(room, "a\0b")).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }
}
