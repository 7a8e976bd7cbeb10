// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tern.Eventually;
import tern.PersonRequests;
import tern.TestClient;
import tern.TestNode;
import tern.push.AppDevice.Kind;
import tern.push.AppDevice.Shown;
import tern.v1.ClientFrame;
import tern.v1.Mentions;
import tern.v1.QuietHours;
import tern.v1.UpdatePreferences;

/// Quiet hours on a node whose clock is put forward: what comes in them waits for their end, by the
/// clock on the user's wall, and is then told at once.
@Tag("slow")
final class QuietHoursJourneyTest {
  private static final Duration STRANGE = Duration.ofMillis(500);
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final QuietHours NIGHT =
      QuietHours.newBuilder().setFrom("22:00").setTo("07:00").setZone("Europe/Vienna").build();

  @AutoClose private final Providers providers = new Providers();

  private static final Instant EVENING = Instant.parse("2026-01-15T22:30:00Z");

  @AfterEach
  void servicesWork() {
    providers.apns().accepts();
  }

  private TestNode start(MovableClock clock) {
    TestNode node =
        TestNode.start(
            providers.settings(
                Map.of("TERN_PUSH_TIMINGS_UNKNOWN", "500ms", "TERN_PUSH_TIME_TO_LIVE", "12h")),
            clock);
    Eventually.passes(STRANGE);
    return node;
  }

  private AppDevice quiet(TestNode node, String user) {
    AppDevice phone = AppDevice.away(node, providers, Kind.APNS, user, "phone");
    try (TestClient web = TestClient.connect(node, user, "web", "main")) {
      web.ask(PersonRequests.prefer(UpdatePreferences.newBuilder().setQuietHours(NIGHT)));
    }
    return phone;
  }

  // The nights in which clocks are changed are an hour shorter, and an hour longer.
  @ParameterizedTest
  @CsvSource({
    "2026-01-15T22:30:00Z, 2026-01-16T06:00:00Z",
    "2026-03-28T22:30:00Z, 2026-03-29T05:00:00Z",
    "2026-10-24T21:30:00Z, 2026-10-25T06:00:00Z",
  })
  void nightIsToldOfOnceWhenItIsOver(Instant evening, Instant morning) {
    MovableClock clock = new MovableClock(evening);
    try (TestNode node = start(clock);
        Outcomes outcomes = new Outcomes(node);
        TestClient alice = node.connect("alice");
        TestClient carol = node.connect("carol")) {
      AppDevice phone = quiet(node, "bob");
      String hers = carol.openDirect("bob");
      String room = alice.openDirect("bob");
      alice.say(room, "hi");
      long second = alice.say(room, "are you there?").getSequence();
      long other = carol.say(hers, "hello").getSequence();
      outcomes.await(room, second, "phone", "held");
      outcomes.await(hers, other, "phone", "held");

      clock.moveTo(morning.minusSeconds(30));
      Eventually.passes(MOMENT);
      assertThat(phone.shown()).isEmpty();
      clock.moveTo(morning);

      Shown summary = phone.await(1);
      assertThat(summary.conversation()).isEmpty();
      assertThat(summary.badge()).isEqualTo(3);
      assertThat(summary.text()).contains("3").contains("2");
      outcomes.await(room, second, "phone", "accepted");
      Eventually.passes(MOMENT);
      assertThat(phone.shown()).hasSize(1);
    }
  }

  @Test
  void mentionsAndWhatIsUrgentPass() {
    try (TestNode node = start(new MovableClock(EVENING));
        Outcomes outcomes = new Outcomes(node);
        TestClient alice = node.connect("alice")) {
      AppDevice phone = quiet(node, "bob");
      String room = alice.createGroup("team", "bob");
      long plain = alice.say(room, "hi").getSequence();
      outcomes.await(room, plain, "phone", "held");

      ClientFrame.Builder urgent = TestClient.message(room, "fire", UUID.randomUUID());
      urgent.getSendMessageBuilder().setUrgent(true);
      long first = alice.ask(urgent).getAccepted().getSequence();
      assertThat(phone.await(1).sequence()).isEqualTo(first);
      outcomes.await(room, first, "phone", "accepted");
      ClientFrame.Builder mention = TestClient.message(room, "you!", UUID.randomUUID());
      mention.getSendMessageBuilder().setMentions(Mentions.newBuilder().addUserIds("bob"));
      long second = alice.ask(mention).getAccepted().getSequence();

      assertThat(phone.await(2).sequence()).isEqualTo(second);
      outcomes.await(room, plain, "phone", "held");
    }
  }

  @Test
  void whatIsReadInTheNightIsNotToldInTheMorning() {
    MovableClock clock = new MovableClock(EVENING);
    try (TestNode node = start(clock);
        Outcomes outcomes = new Outcomes(node);
        TestClient alice = node.connect("alice")) {
      AppDevice phone = quiet(node, "bob");
      String room = alice.openDirect("bob");
      long sequence = alice.say(room, "hi").getSequence();
      outcomes.await(room, sequence, "phone", "held");
      try (TestClient web = TestClient.connect(node, "bob", "web", "main")) {
        web.ask(tern.Requests.markRead(room, sequence));
      }

      clock.moveTo(EVENING.plus(Duration.ofHours(8)));

      outcomes.await(room, sequence, "phone", "read");
      assertThat(phone.shown()).isEmpty();
    }
  }

  @Test
  void whatCouldNotBePushedInItsTimeIsGivenUp() {
    MovableClock clock = new MovableClock(EVENING);
    try (TestNode node = start(clock);
        Outcomes outcomes = new Outcomes(node);
        TestClient alice = node.connect("alice")) {
      AppDevice phone = AppDevice.away(node, providers, Kind.APNS, "bob", "phone");
      providers.apns().wire().cut();
      String room = alice.openDirect("bob");
      long sequence = alice.say(room, "hi").getSequence();
      outcomes.await(room, sequence, "phone", "waiting");

      clock.moveTo(EVENING.plus(Duration.ofHours(13)));
      outcomes.await(room, sequence, "phone", "expired");
      providers.apns().wire().mend();
      Eventually.passes(MOMENT);

      assertThat(phone.shown()).isEmpty();
    }
  }

  @Test
  void nightThatWasOverLongAgoIsNotToldOf() {
    MovableClock clock = new MovableClock(EVENING);
    try (TestNode node = start(clock);
        Outcomes outcomes = new Outcomes(node);
        TestClient alice = node.connect("alice")) {
      AppDevice phone = quiet(node, "bob");
      String room = alice.openDirect("bob");
      long sequence = alice.say(room, "hi").getSequence();
      outcomes.await(room, sequence, "phone", "held");

      clock.moveTo(EVENING.plus(Duration.ofHours(21)));

      outcomes.await(room, sequence, "phone", "expired");
      assertThat(phone.shown()).isEmpty();
    }
  }
}
