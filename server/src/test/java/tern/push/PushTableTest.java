// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.push.PushBench.COME_BACK;
import static tern.push.PushBench.ELSEWHERE;
import static tern.push.PushBench.GRACE;
import static tern.push.PushBench.say;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tern.Eventually;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.push.AppDevice.Kind;
import tern.push.AppDevice.Shown;
import tern.v1.ClientFrame;
import tern.v1.Mentions;
import tern.v1.PushLevel;
import tern.v1.SendMessage;
import tern.v1.SetPushLevel;

/// Each row of what the design says about who is pushed to, and when: over real sockets to a node,
/// and from there to the push services' fakes; what became of it is asked of the node.
@Tag("slow")
final class PushTableTest {
  // Longer than it takes to see that a push was wrong.
  private static final Duration MOMENT = Duration.ofMillis(700);
  private static final Duration SLACK = Duration.ofMillis(300);
  private static final long FOR_EVER = 4_000_000_000_000L;
  private static final Map<String, String> REASONS =
      Map.of(
          "own", "own_message",
          "muted", "muted",
          "blocked", "blocked",
          "shunned", "muted",
          "wants-none", "preference",
          "wants-mentions", "preference",
          "wants-all", "accepted");

  @AutoClose private static final Vertx VERTX = Vertx.vertx();
  @AutoClose private static final PushBench BENCH = new PushBench();

  @ParameterizedTest
  @EnumSource
  void whoIsAwayIsWokenAtOnce(Kind kind) {
    String bob = "bob-" + kind;
    AppDevice phone = BENCH.away(kind, bob, "phone");
    try (TestClient alice = BENCH.node().connect("alice-" + kind)) {
      String room = alice.openDirect(bob);

      long sequence = say(alice, room);

      assertThat(phone.await(1))
          .isEqualTo(new Shown(false, 1, room, sequence, "New message", true));
      BENCH.outcomes().await(room, sequence, "phone", "accepted");
    }
  }

  @ParameterizedTest
  @EnumSource
  void readingOnOneDeviceTakesBannerAndBadgeOfTheOtherAway(Kind kind) {
    String bob = "reader-" + kind;
    AppDevice phone = BENCH.phone(bob);
    AppDevice other = BENCH.away(kind, bob, "other");
    try (TestClient alice = BENCH.node().connect("writer-" + kind)) {
      String room = alice.openDirect(bob);
      long sequence = say(alice, room);
      phone.await(1);
      other.await(1);

      try (TestClient opened = phone.open(BENCH.node())) {
        opened.ask(Requests.markRead(room, sequence));

        Shown clear = other.await(2);
        assertThat(clear.isClear()).isTrue();
        assertThat(clear.badge()).isZero();
        assertThat(phone.shown()).hasSize(1);
      }
    }
  }

  @Test
  void packetsThatAreLostWithoutAFinEndInAPushAfterGrace() {
    AppDevice phone = BENCH.phone("bob1");
    try (Wire wire = new Wire(VERTX, BENCH.node().port());
        TestClient bob = TestClient.connectAt(wire.port(), BENCH.node(), "bob1", "phone");
        TestClient alice = BENCH.node().connect("alice1")) {
      String room = alice.openDirect("bob1");
      assertThat(bob.welcome()).isNotNull();
      wire.freeze();

      Instant sent = Instant.now();
      long sequence = say(alice, room);

      phone.await(1);
      assertThat(Duration.between(sent, Instant.now())).isGreaterThanOrEqualTo(GRACE);
      BENCH.outcomes().await(room, sequence, "phone", "accepted");
    }
  }

  @Test
  void whoAcknowledgesInTheForegroundIsLeftAlone() {
    AppDevice phone = BENCH.phone("bob2");
    try (TestClient bob = phone.open(BENCH.node());
        TestClient alice = BENCH.node().connect("alice2")) {
      String room = alice.openDirect("bob2");

      long sequence = say(alice, room);
      bob.send(Requests.acknowledge(room, 100, sequence));
      BENCH.outcomes().await(room, sequence, "phone", "acknowledged");

      Eventually.passes(GRACE.plus(MOMENT));
      assertThat(phone.shown()).isEmpty();
    }
  }

  @Test
  void whoLeavesAndIsBackAtOnceFeelsNoBuzz() {
    AppDevice phone = BENCH.phone("bob3");
    try (TestClient alice = BENCH.node().connect("alice3")) {
      String room = alice.openDirect("bob3");
      try (Wire wifi = new Wire(VERTX, BENCH.node().port());
          TestClient bob = TestClient.connectAt(wifi.port(), BENCH.node(), "bob3", "phone")) {
        assertThat(bob.welcome()).isNotNull();
        wifi.cut();
      }
      long sequence = say(alice, room);

      try (TestClient bob = phone.open(BENCH.node())) {
        bob.send(Requests.acknowledge(room, 100, sequence));
        BENCH.outcomes().await(room, sequence, "phone", "acknowledged");
        Eventually.passes(COME_BACK.plus(MOMENT));

        assertThat(phone.shown()).isEmpty();
      }
    }
  }

  @Test
  void whoLeavesAndStaysAwayIsWokenAfterAMoment() {
    AppDevice phone = BENCH.phone("bob4");
    try (TestClient alice = BENCH.node().connect("alice4")) {
      String room = alice.openDirect("bob4");
      phone.open(BENCH.node()).close();
      Instant left = Instant.now();

      say(alice, room);

      phone.await(1);
      assertThat(Duration.between(left, Instant.now())).isGreaterThan(COME_BACK.minus(SLACK));
    }
  }

  @Test
  void deviceBesideOneThatKnowsIsGivenLonger() {
    AppDevice phone = BENCH.phone("bob5");
    AppDevice tablet = BENCH.away(Kind.FCM_TOKEN, "bob5", "tablet");
    try (TestClient alice = BENCH.node().connect("alice5");
        TestClient bob = phone.open(BENCH.node())) {
      String room = alice.openDirect("bob5");
      Instant sent = Instant.now();
      bob.send(Requests.acknowledge(room, 100, say(alice, room)));

      tablet.await(1);
      assertThat(Duration.between(sent, Instant.now())).isGreaterThan(ELSEWHERE.minus(SLACK));
      assertThat(phone.shown()).isEmpty();
    }
  }

  @Test
  void deviceBesideOneOnWhichItWasReadIsLeftAlone() {
    AppDevice phone = BENCH.phone("bob16");
    AppDevice tablet = BENCH.away(Kind.FCM_TOKEN, "bob16", "tablet");
    try (TestClient alice = BENCH.node().connect("alice16");
        TestClient bob = phone.open(BENCH.node())) {
      String room = alice.openDirect("bob16");
      long sequence = say(alice, room);
      bob.send(Requests.acknowledge(room, 100, sequence));
      bob.ask(Requests.markRead(room, sequence));
      BENCH.outcomes().await(room, sequence, "tablet", "read");

      Eventually.passes(ELSEWHERE.plus(MOMENT));
      assertThat(tablet.shown()).isEmpty();
    }
  }

  @Test
  void deviceBesideOneThatOnlyLooksAliveIsWokenWithIt() {
    AppDevice phone = BENCH.phone("bob17");
    AppDevice tablet = BENCH.away(Kind.FCM_TOKEN, "bob17", "tablet");
    try (TestClient alice = BENCH.node().connect("alice17");
        TestClient bob = phone.open(BENCH.node())) {
      String room = alice.openDirect("bob17");
      Instant sent = Instant.now();
      say(alice, room);

      tablet.await(1);
      assertThat(Duration.between(sent, Instant.now()))
          .isBetween(GRACE.minus(SLACK), ELSEWHERE.minus(SLACK));
      phone.await(1);
      assertThat(bob.heard()).isNotEmpty();
    }
  }

  @Test
  void everybodyWhoIsNotWokenHasTheirReason() {
    try (TestClient alice = BENCH.node().connect("alice6");
        TestClient muting = BENCH.node().connect("muting6");
        TestClient blocking = BENCH.node().connect("blocking6");
        TestClient shunning = BENCH.node().connect("shunning6");
        TestClient none = BENCH.node().connect("none6");
        TestClient mentions = BENCH.node().connect("mentions6")) {
      AppDevice own = BENCH.away(Kind.APNS, "alice6", "own");
      AppDevice muted = BENCH.away(Kind.APNS, "muting6", "muted");
      AppDevice blocked = BENCH.away(Kind.FCM_TOKEN, "blocking6", "blocked");
      AppDevice shunned = BENCH.away(Kind.FCM_INSTALLATION, "shunning6", "shunned");
      AppDevice wantsNone = BENCH.away(Kind.WEB_PUSH, "none6", "wants-none");
      AppDevice wantsMentions = BENCH.away(Kind.APNS, "mentions6", "wants-mentions");
      AppDevice wantsAll = BENCH.away(Kind.APNS, "all6", "wants-all");
      String room =
          alice.createGroup(
              "team", "muting6", "blocking6", "shunning6", "none6", "mentions6", "all6");
      muting.ask(PersonRequests.muteConversation(room, FOR_EVER));
      blocking.ask(PersonRequests.block("alice6"));
      shunning.ask(PersonRequests.mute("alice6"));
      none.ask(level(room, PushLevel.PUSH_LEVEL_NONE));
      mentions.ask(level(room, PushLevel.PUSH_LEVEL_MENTIONS));

      long sequence = say(alice, room);
      wantsAll.await(1);
      REASONS.forEach((device, outcome) -> BENCH.outcomes().await(room, sequence, device, outcome));
      long silent = send(alice, room, it -> it.setSilent(true));
      BENCH.outcomes().await(room, silent, "wants-all", "silent");

      long mention =
          send(alice, room, it -> it.setMentions(Mentions.newBuilder().setEveryone(true)));
      assertThat(List.of(muted, shunned, wantsMentions))
          .allSatisfy(it -> assertThat(it.await(1).sequence()).isEqualTo(mention));
      BENCH.outcomes().await(room, mention, "wants-none", "preference");
      BENCH.outcomes().await(room, mention, "blocked", "blocked");
      assertThat(List.of(own, blocked, wantsNone))
          .allSatisfy(it -> assertThat(it.shown()).isEmpty());
    }
  }

  private static ClientFrame.Builder level(String room, PushLevel level) {
    return ClientFrame.newBuilder()
        .setSetPushLevel(SetPushLevel.newBuilder().setConversationId(room).setLevel(level));
  }

  private static long send(TestClient sender, String room, Consumer<SendMessage.Builder> change) {
    ClientFrame.Builder frame = TestClient.message(room, "hi", UUID.randomUUID());
    change.accept(frame.getSendMessageBuilder());
    return sender.ask(frame).getAccepted().getSequence();
  }

  @Test
  void hundredMessagesMakeOneBannerThatSaysSoAndIsHeardOnce() {
    AppDevice phone = BENCH.phone("bob14");
    try (TestClient alice = BENCH.node().connect("alice14")) {
      String room = alice.openDirect("bob14");
      Instant begun = Instant.now();
      for (int i = 0; i < 100; i++) {
        say(alice, room);
      }
      Eventually.holds(
          "badge 100",
          Duration.ofSeconds(10),
          () -> !phone.shown().isEmpty() && phone.shown().getLast().badge() == 100);

      // What comes within the pause goes in one push.
      long seconds = Duration.between(begun, Instant.now()).toSeconds();
      assertThat(phone.shown()).hasSizeLessThanOrEqualTo((int) seconds + 2);
      assertThat(phone.shown().getLast().text()).isEqualTo("100 new messages");
      assertThat(phone.shown().stream().filter(Shown::isAudible)).hasSize(1);
      // Each takes the place of the one before: they name the same thread.
      assertThat(phone.shown()).allSatisfy(it -> assertThat(it.conversation()).isEqualTo(room));
    }
  }

  @Test
  void socketThatItsServerClosesIsExpectedBack() {
    AppDevice phone = BENCH.phone("bob15");
    String token = BENCH.node().token("bob15", Duration.ofSeconds(3));
    try (TestClient bob = TestClient.connectWith(BENCH.node(), token);
        TestClient alice = BENCH.node().connect("alice15")) {
      String room = alice.openDirect("bob15");
      bob.awaitClose();
      Instant closed = Instant.now();

      long sequence = say(alice, room);

      phone.await(1);
      assertThat(Duration.between(closed, Instant.now())).isGreaterThan(COME_BACK.minus(SLACK));
      BENCH.outcomes().await(room, sequence, "phone", "accepted");
    }
  }
}
