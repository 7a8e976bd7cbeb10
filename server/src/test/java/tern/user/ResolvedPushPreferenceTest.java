// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.PersonRequests;
import tern.PersonalRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.TestSql;
import tern.v1.PushLevel;
import tern.v1.QuietHours;
import tern.v1.UpdatePreferences;

/// What `push_preference_v1` makes of what users have said.
@Tag("slow")
final class ResolvedPushPreferenceTest {
  private static final long LATER = 1_900_000_000_000L;
  private static final String DEFAULTS = "1|-|-|-|-|true|true";

  @AutoClose private static final TestNode node = TestNode.start();
  @AutoClose private static final TestSql sql = TestSql.of(node);

  // Level, mute in milliseconds, quiet hours with their zone, what passes; "-" for nothing.
  private static String resolved(String user, String conversation) {
    return sql.text(
        """
        select coalesce(string_agg(concat_ws('|', level,
          coalesce((extract(epoch from muted_until) * 1000)::bigint::text, '-'),
          coalesce(quiet_from::text, '-'), coalesce(quiet_to::text, '-'),
          coalesce(quiet_zone, '-'), mentions_pass::text, urgent_passes::text), ' '), 'no member')
        from push_preference_v1(array[?], array[?::uuid])
        """,
        user,
        conversation);
  }

  @Test
  void whoHasSaidNothingHasTheDefaults() {
    try (TestClient alice = node.connect("alice21")) {
      String room = alice.createGroup("team");

      assertThat(resolved("alice21", room)).isEqualTo(DEFAULTS);
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
          .isEqualTo("2|-|22:30:00|07:00:00|Europe/Berlin|false|false");
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

      assertThat(resolved("alice23", loud)).startsWith("1|");
      assertThat(resolved("alice23", plain)).startsWith("2|");
      assertThat(resolved("alice23", still)).startsWith("3|");
    }
  }

  @Test
  void aMuteIsOfOneConversation() {
    try (TestClient alice = node.connect("alice24")) {
      String room = alice.createGroup("team");
      String other = alice.createGroup("other");

      alice.ask(PersonRequests.muteConversation(room, LATER));

      assertThat(resolved("alice24", room)).isEqualTo("1|" + LATER + "|-|-|-|true|true");
      assertThat(resolved("alice24", other)).isEqualTo(DEFAULTS);
    }
  }

  @Test
  void whoIsNoMemberAnyMoreIsLeftOut() {
    try (TestClient alice = node.connect("alice25");
        TestClient bob = node.connect("bob25")) {
      String room = alice.createGroup("team", "bob25");
      bob.ask(Requests.leave(room));

      assertThat(resolved("bob25", room)).isEqualTo("no member");
      assertThat(resolved("nobody25", room)).isEqualTo("no member");
    }
  }
}
