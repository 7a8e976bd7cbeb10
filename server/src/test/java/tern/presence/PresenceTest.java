// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.TestNode;
import tern.store.TestPostgres;
import tern.v1.AppState;
import tern.v1.ClientFrame;
import tern.v1.ErrorCode;
import tern.v1.Presence;
import tern.v1.PresenceUpdate;
import tern.v1.PresenceVisibility;
import tern.v1.ServerFrame;
import tern.v1.SetAppState;

/// Who is told of whom that they are online, or away since when.
@Tag("slow")
final class PresenceTest {
  // Longer than news of presence may take.
  private static final Duration A_TURN = Duration.ofMillis(1_300);

  @AutoClose private static final TestNode node = TestNode.start();

  private static PresenceUpdate watch(TestClient client, String... users) {
    ServerFrame answer = client.ask(PersonRequests.watch(users));
    assertThat(answer.hasPresenceUpdate()).as(answer.toString()).isTrue();
    return answer.getPresenceUpdate();
  }

  private static Presence look(TestClient client, String user) {
    return watch(client, user).getPresences(0);
  }

  private static Presence news(TestClient client, String user, boolean online) {
    return client
        .await(
            frame ->
                frame.getPresenceUpdate().getPresencesList().stream()
                    .anyMatch(it -> it.getUserId().equals(user) && it.getOnline() == online))
        .getPresenceUpdate()
        .getPresences(0);
  }

  private static Presence hidden(String user) {
    return Presence.newBuilder().setUserId(user).build();
  }

  @Test
  void whoComesAndGoesIsToldToThoseWhoLook() {
    try (TestClient alice = node.connect("alice1")) {
      alice.createGroup("team", "bob1");
      assertThat(watch(alice, "bob1").getLive()).isTrue();
      long began = System.currentTimeMillis();

      TestClient bob = node.connect("bob1");
      Presence online = news(alice, "bob1", true);
      bob.close();
      Presence away = news(alice, "bob1", false);

      assertThat(online.getAwaySinceMs()).isZero();
      assertThat(away.getAwaySinceMs()).isBetween(began, System.currentTimeMillis());
      assertThat(look(alice, "bob1")).isEqualTo(away);
    }
  }

  @Test
  void whoMayNotBeSeenIsAnsweredAsOneWhoDoesNotExist() {
    try (TestClient alice = node.connect("alice2");
        TestClient stranger = node.connect("stranger2");
        TestClient blocker = node.connect("blocker2");
        TestClient blocked = node.connect("blocked2");
        TestClient invisible = node.connect("invisible2");
        TestClient shy = node.connect("shy2")) {
      alice.createGroup("team", "blocker2", "blocked2", "invisible2", "shy2");
      blocker.ask(PersonRequests.block("alice2"));
      alice.ask(PersonRequests.block("blocked2"));
      invisible.ask(PersonRequests.invisible(true));
      shy.ask(PersonRequests.visibleTo(PresenceVisibility.PRESENCE_VISIBILITY_NOBODY));

      String[] users = {"stranger2", "blocker2", "blocked2", "invisible2", "shy2", "nobody2"};
      PresenceUpdate answer = watch(alice, users);

      assertThat(answer.getPresencesList())
          .containsExactlyElementsOf(List.of(users).stream().map(PresenceTest::hidden).toList());
      // Nor is it told when they go.
      for (TestClient each : List.of(stranger, blocker, blocked, invisible, shy)) {
        each.close();
      }
      Eventually.passes(A_TURN);
      assertThat(alice.heard()).noneMatch(ServerFrame::hasPresenceUpdate);
    }
  }

  @Test
  void whoIsVisibleToContactsIsSeenByThoseToWhomTheyHaveWritten() {
    try (TestClient alice = node.connect("alice3");
        TestClient bob = node.connect("bob3")) {
      alice.createGroup("team", "bob3");
      String room = alice.openDirect("bob3");
      alice.say(room, "please");
      bob.ask(PersonRequests.visibleTo(PresenceVisibility.PRESENCE_VISIBILITY_CONTACTS));

      Presence before = look(alice, "bob3");
      bob.say(room, "well then");

      assertThat(before).isEqualTo(hidden("bob3"));
      assertThat(look(alice, "bob3").getOnline()).isTrue();
    }
  }

  @Test
  void whoHasTheAppInTheBackgroundIsAway() {
    try (TestClient alice = node.connect("alice4");
        TestClient bob = node.connect("bob4")) {
      alice.openDirect("bob4");
      watch(alice, "bob4");

      bob.ask(
          ClientFrame.newBuilder()
              .setSetAppState(SetAppState.newBuilder().setAppState(AppState.APP_STATE_BACKGROUND)));

      assertThat(news(alice, "bob4", false).getAwaySinceMs()).isPositive();
    }
  }

  @Test
  void becomingInvisibleLooksLikeGoingAndLeavesNoTime() {
    try (TestClient alice = node.connect("alice5");
        TestClient tablet = TestClient.connect(node, "bob5", "tablet", "main");
        TestClient bob = node.connect("bob5")) {
      alice.openDirect("bob5");
      watch(alice, "bob5");

      bob.ask(PersonRequests.invisible(true));

      assertThat(news(alice, "bob5", false)).isEqualTo(hidden("bob5"));
      assertThat(tablet.await(ServerFrame::hasPreferences).getPreferences().getInvisible())
          .isTrue();
      assertThat(bob.ask(PersonRequests.preferences()).getPreferences().getInvisible()).isTrue();
    }
  }

  @Test
  void whoIsNoCoMemberAnyMoreIsSeenNoMore() {
    try (TestClient alice = node.connect("alice6");
        TestClient bob = node.connect("bob6")) {
      String room = alice.createGroup("team", "bob6");
      assertThat(look(bob, "alice6").getOnline()).isTrue();

      alice.ask(Requests.remove(room, List.of("bob6")));

      assertThat(look(bob, "alice6")).isEqualTo(hidden("alice6"));
    }
  }

  @Test
  void theNewestSetTakesThePlaceOfTheOneBefore() {
    try (TestClient alice = node.connect("alice7")) {
      alice.createGroup("team", "bob7", "carol7");
      watch(alice, "bob7");
      watch(alice, "carol7", "carol7");

      try (TestClient bob = node.connect("bob7");
          TestClient carol = node.connect("carol7")) {
        assertThat(bob.welcome().getUserId()).isEqualTo("bob7");
        assertThat(carol.welcome().getUserId()).isEqualTo("carol7");
        news(alice, "carol7", true);
        assertThat(alice.heard())
            .noneMatch(frame -> frame.getPresenceUpdate().toString().contains("bob7"));
      }
      assertThat(watch(alice).getLive()).isFalse();
    }
  }

  @Test
  void twoHundredAreWatchedAndNoMore() {
    String[] many = IntStream.range(0, 201).mapToObj(i -> "u" + i).toArray(String[]::new);
    try (TestClient alice = node.connect("alice8")) {
      assertThat(watch(alice, List.of(many).subList(0, 200).toArray(String[]::new)).getLive())
          .isTrue();
      assertThat(alice.ask(PersonRequests.watch(many)).getError().getCode())
          .isEqualTo(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
    }
  }

  @Test
  void lastSeenSurvivesTheNodeAndAFullNodeAnswersWithoutTelling() {
    var database = TestPostgres.newDatabase();
    Presence before;
    try (TestNode first = TestNode.start(database, Map.of());
        TestClient alice = first.connect("alice")) {
      alice.openDirect("bob");
      first.connect("bob").close();
      watch(alice, "bob");
      Eventually.holds(
          "bob was seen", A_TURN.multipliedBy(3), () -> look(alice, "bob").getAwaySinceMs() > 0);
      before = look(alice, "bob");
    }
    try (TestNode second = TestNode.start(database, Map.of("TERN_GATEWAY_MAX_WATCHED", "1"));
        TestClient alice = second.connect("alice")) {
      PresenceUpdate answer = watch(alice, "bob", "carol");

      assertThat(answer.getPresencesList()).containsExactly(before, hidden("carol"));
      assertThat(answer.getLive()).isFalse();
      assertThat(watch(alice, "bob").getLive()).isTrue();
    }
  }
}
