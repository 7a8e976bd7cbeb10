// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.PersonRequests;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.id.ConversationId;
import tern.id.DeviceId;
import tern.id.UserId;
import tern.push.decision.PushPreference;
import tern.push.ledger.PushPlace;
import tern.push.ledger.Target;
import tern.push.ledger.TargetTable;
import tern.store.Database;
import tern.v1.PushLevel;
import tern.v1.QuietHours;
import tern.v1.UpdatePreferences;

/// What settling makes of what users have said.
@Tag("slow")
final class ResolvedPushPreferenceTest {
  private static final long LATER = 1_900_000_000_000L;
  private static final PushPreference DEFAULTS = PushPreference.DEFAULT;

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);
  @AutoClose private static final Database database = new Database(node.database());

  // Empty: no member.
  private static Optional<PushPreference> resolved(String user, String conversation) {
    sql.run(
        """
        insert into device (user_id, device_id, kind, address, registered_at, seen_at)
        values (?, 'phone', 2, ?, now(), now()) on conflict do nothing
        """,
        user,
        user);
    PushPlace place =
        new PushPlace(
            new UserId(user),
            new DeviceId("phone"),
            new ConversationId(UUID.fromString(conversation)));
    return database.run(connection -> TargetTable.at(connection, List.of(place), Map.of())).stream()
        .map(Target::preference)
        .findFirst();
  }

  @Test
  void whoHasSaidNothingHasTheDefaults() {
    try (TestClient alice = node.connect("alice21")) {
      String room = alice.createGroup("team");

      assertThat(resolved("alice21", room)).contains(DEFAULTS);
    }
  }

  @Test
  void whatTheUserSaysEverywhereHoldsInEachConversation() {
    try (TestClient alice = node.connect("alice22")) {
      String room = alice.createGroup("team");

      alice.ask(
          PersonRequests.prefer(
              UpdatePreferences.newBuilder()
                  .setPushLevel(PushLevel.PUSH_LEVEL_MENTIONS)
                  .setQuietHours(
                      QuietHours.newBuilder()
                          .setFrom("22:30")
                          .setTo("07:00")
                          .setZone("Europe/Berlin"))
                  .setMentionsPass(false)
                  .setUrgentPasses(false)));

      assertThat(resolved("alice22", room))
          .contains(
              new PushPreference(
                  tern.id.PushLevel.MENTIONS,
                  Instant.MIN,
                  Optional.of(
                      new tern.id.QuietHours(
                          LocalTime.of(22, 30), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin"))),
                  false,
                  false));
    }
  }

  @Test
  void theConversationsLevelGoesBeforeTheUsersBothWays() {
    try (TestClient alice = node.connect("alice23")) {
      String loud = alice.createGroup("loud");
      String plain = alice.createGroup("plain");
      String still = alice.createGroup("still");

      alice.ask(
          PersonRequests.prefer(
              UpdatePreferences.newBuilder().setPushLevel(PushLevel.PUSH_LEVEL_MENTIONS)));
      alice.ask(PersonalRequests.pushLevel(loud, PushLevel.PUSH_LEVEL_ALL));
      alice.ask(PersonalRequests.pushLevel(still, PushLevel.PUSH_LEVEL_NONE));

      assertThat(level("alice23", loud)).contains(tern.id.PushLevel.ALL);
      assertThat(level("alice23", plain)).contains(tern.id.PushLevel.MENTIONS);
      assertThat(level("alice23", still)).contains(tern.id.PushLevel.NONE);
    }
  }

  @Test
  void aMuteIsOfOneConversation() {
    try (TestClient alice = node.connect("alice24")) {
      String room = alice.createGroup("team");
      String other = alice.createGroup("other");

      alice.ask(PersonRequests.muteConversation(room, LATER));

      assertThat(resolved("alice24", room))
          .map(PushPreference::mutedUntil)
          .contains(Instant.ofEpochMilli(LATER));
      assertThat(resolved("alice24", other)).contains(DEFAULTS);
    }
  }

  @Test
  void whoIsNoMemberAnyMoreIsLeftOut() {
    try (TestClient alice = node.connect("alice25");
        TestClient bob = node.connect("bob25")) {
      String room = alice.createGroup("team", "bob25");
      bob.ask(Requests.leave(room));

      assertThat(resolved("bob25", room)).isEmpty();
      assertThat(resolved("nobody25", room)).isEmpty();
    }
  }

  private static Optional<tern.id.PushLevel> level(String user, String conversation) {
    return resolved(user, conversation).map(PushPreference::level);
  }
}
