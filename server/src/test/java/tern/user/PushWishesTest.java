// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tern.PersonRequests;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.v1.ErrorCode;
import tern.v1.InboxEntry;
import tern.v1.Preferences;
import tern.v1.PresenceVisibility;
import tern.v1.PushLevel;
import tern.v1.QuietHours;
import tern.v1.ServerFrame;
import tern.v1.UpdatePreferences;

/// What users say of when they want to be woken, as clients say and see it.
@Tag("slow")
final class PushWishesTest {
  private static final QuietHours NIGHT =
      QuietHours.newBuilder().setFrom("22:30").setTo("07:00").setZone("Europe/Berlin").build();

  @AutoClose private static final TestNode node = TestNode.start();

  private static Preferences changed(TestClient client, UpdatePreferences.Builder change) {
    return client.ask(PersonRequests.prefer(change)).getPreferences();
  }

  private static InboxEntry entry(TestClient client) {
    return client.ask(Requests.inbox(1)).getInboxPage().getEntries(0);
  }

  @Test
  void whoHasSaidNothingWantsAllAtAnyTime() {
    try (TestClient alice = node.connect("alice11")) {
      Preferences plain = alice.ask(PersonRequests.preferences()).getPreferences();

      assertThat(plain.getPushLevel()).isEqualTo(PushLevel.PUSH_LEVEL_ALL);
      assertThat(plain.hasQuietHours()).isFalse();
      assertThat(plain.getMentionsPass()).isTrue();
      assertThat(plain.getUrgentPasses()).isTrue();
    }
  }

  @Test
  void whatIsNotGivenStaysAsItIs() {
    try (TestClient alice = node.connect("alice12")) {
      Preferences expected =
          Preferences.newBuilder()
              .setPresenceVisibility(PresenceVisibility.PRESENCE_VISIBILITY_CONTACTS)
              .setInvisible(true)
              .setPushLevel(PushLevel.PUSH_LEVEL_MENTIONS)
              .setQuietHours(NIGHT)
              .build();

      changed(alice, UpdatePreferences.newBuilder().setMentionsPass(false));
      changed(alice, UpdatePreferences.newBuilder().setQuietHours(NIGHT));
      changed(alice, UpdatePreferences.newBuilder().setPushLevel(PushLevel.PUSH_LEVEL_MENTIONS));
      changed(alice, UpdatePreferences.newBuilder().setUrgentPasses(false));
      changed(
          alice,
          UpdatePreferences.newBuilder()
              .setPresenceVisibility(PresenceVisibility.PRESENCE_VISIBILITY_CONTACTS));
      Preferences last = changed(alice, UpdatePreferences.newBuilder().setInvisible(true));

      assertThat(last).isEqualTo(expected);
      assertThat(alice.ask(PersonRequests.preferences()).getPreferences()).isEqualTo(expected);
    }
  }

  @Test
  void eachPartIsTakenBackByItself() {
    try (TestClient alice = node.connect("alice13")) {
      changed(
          alice,
          UpdatePreferences.newBuilder()
              .setPushLevel(PushLevel.PUSH_LEVEL_NONE)
              .setQuietHours(NIGHT)
              .setMentionsPass(false)
              .setUrgentPasses(false));

      Preferences loud =
          changed(alice, UpdatePreferences.newBuilder().setQuietHours(QuietHours.newBuilder()));
      Preferences all =
          changed(alice, UpdatePreferences.newBuilder().setPushLevel(PushLevel.PUSH_LEVEL_ALL));
      changed(alice, UpdatePreferences.newBuilder().setMentionsPass(true));
      Preferences open = changed(alice, UpdatePreferences.newBuilder().setUrgentPasses(true));

      assertThat(loud.hasQuietHours()).isFalse();
      assertThat(loud.getPushLevel()).isEqualTo(PushLevel.PUSH_LEVEL_NONE);
      assertThat(all.getPushLevel()).isEqualTo(PushLevel.PUSH_LEVEL_ALL);
      assertThat(all.getMentionsPass()).isFalse();
      assertThat(open.getMentionsPass()).isTrue();
      assertThat(open.getUrgentPasses()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          22:30, 22:30, Europe/Berlin, quiet_hours: 22:30 to 22:30
          24:00, 07:00, Europe/Berlin, quiet_hours.from: "24:00"
          7:00,  08:00, Europe/Berlin, quiet_hours.from: "7:00"
          22:30, 07:60, Europe/Berlin, quiet_hours.to: "07:60"
          22:30:15.000, 07:00, Europe/Berlin, quiet_hours.from: "22:30:15.000"
          '',    07:00, Europe/Berlin, quiet_hours.from:
          22:30, '',    Europe/Berlin, quiet_hours.to:
          22:30, 07:00, '',            quiet_hours.zone: "" (expected
          22:30, 07:00, Europe/Gotham, quiet_hours.zone: "Europe/Gotham" (expected
          22:30, 07:00, GMT+0a,        quiet_hours.zone: "GMT+0a" (expected
          """)
  void quietHoursThatCannotBeAreRefusedAndChangeNothing(
      String from, String to, String zone, String said) {
    try (TestClient alice = node.connect("alice14")) {
      changed(alice, UpdatePreferences.newBuilder().setQuietHours(NIGHT));

      ServerFrame refused =
          alice.ask(
              PersonRequests.prefer(
                  UpdatePreferences.newBuilder()
                      .setInvisible(true)
                      .setQuietHours(
                          QuietHours.newBuilder().setFrom(from).setTo(to).setZone(zone))));

      assertThat(refused.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      assertThat(refused.getError().getMessage()).startsWith(said).contains("expected: ");
      Preferences kept = alice.ask(PersonRequests.preferences()).getPreferences();
      assertThat(kept.getQuietHours()).isEqualTo(NIGHT);
      assertThat(kept.getInvisible()).isFalse();
    }
  }

  @Test
  void aLevelThatTheServerDoesNotKnowIsRefused() {
    try (TestClient alice = node.connect("alice15")) {
      String room = alice.createGroup("team");
      var unknown = UpdatePreferences.newBuilder().setPushLevelValue(9);
      var there = PersonalRequests.pushLevel(room, PushLevel.PUSH_LEVEL_NONE);
      there.getSetPushLevelBuilder().setLevelValue(9);

      for (ServerFrame answer :
          new ServerFrame[] {alice.ask(PersonRequests.prefer(unknown)), alice.ask(there)}) {
        assertThat(answer.getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
      }
    }
  }

  @Test
  void aChangeIsToldToTheUsersOtherDevicesAndToNobodyElse() {
    try (TestClient alice = node.connect("alice16");
        TestClient tablet = TestClient.connect(node, "alice16", "tablet", "main");
        TestClient bob = node.connect("bob16")) {
      alice.openDirect("bob16");

      Preferences told = changed(alice, UpdatePreferences.newBuilder().setQuietHours(NIGHT));

      assertThat(tablet.await(ServerFrame::hasPreferences).getPreferences()).isEqualTo(told);
      bob.ask(PersonRequests.preferences());
      assertThat(bob.heard()).noneMatch(it -> it.getPreferences().hasQuietHours());
    }
  }

  @Test
  void aConversationHasALevelOfItsOwnOnAllDevicesOfTheUserAlone() {
    try (TestClient alice = node.connect("alice17");
        TestClient tablet = TestClient.connect(node, "alice17", "tablet", "main");
        TestClient bob = node.connect("bob17")) {
      String room = alice.createGroup("team", "bob17");
      String cursor = alice.ask(Requests.inbox(1)).getInboxPage().getCursor();

      ServerFrame answer =
          alice.ask(PersonalRequests.pushLevel(room, PushLevel.PUSH_LEVEL_MENTIONS));
      tablet.await(
          frame ->
              frame.getInboxUpdate().getEntriesList().stream()
                  .anyMatch(it -> it.getPushLevel() == PushLevel.PUSH_LEVEL_MENTIONS));
      InboxEntry since = alice.ask(Requests.inboxSince(cursor, 1)).getInboxPage().getEntries(0);

      assertThat(answer.getInboxEntryChanged().getEntry().getPushLevel())
          .isEqualTo(PushLevel.PUSH_LEVEL_MENTIONS);
      assertThat(since.getPushLevel()).isEqualTo(PushLevel.PUSH_LEVEL_MENTIONS);
      assertThat(entry(bob).getPushLevel()).isEqualTo(PushLevel.PUSH_LEVEL_UNSPECIFIED);
    }
  }

  @Test
  void aConversationsLevelIsTakenBackAndLeavesTheMuteAsItIs() {
    try (TestClient alice = node.connect("alice18")) {
      String room = alice.createGroup("team");
      alice.ask(PersonRequests.muteConversation(room, 1_900_000_000_000L));

      alice.ask(PersonalRequests.pushLevel(room, PushLevel.PUSH_LEVEL_NONE));
      InboxEntry none = entry(alice);
      alice.ask(PersonalRequests.pushLevel(room, PushLevel.PUSH_LEVEL_UNSPECIFIED));
      InboxEntry back = entry(alice);

      assertThat(none.getPushLevel()).isEqualTo(PushLevel.PUSH_LEVEL_NONE);
      assertThat(none.getMutedUntilMs()).isEqualTo(1_900_000_000_000L);
      assertThat(back.getPushLevel()).isEqualTo(PushLevel.PUSH_LEVEL_UNSPECIFIED);
      assertThat(back.getMutedUntilMs()).isEqualTo(1_900_000_000_000L);
    }
  }
}
