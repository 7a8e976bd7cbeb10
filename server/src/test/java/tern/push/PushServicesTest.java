// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.push.PushBench.say;

import com.eatthepath.pushy.apns.server.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tern.Eventually;
import tern.PersonRequests;
import tern.Requests;
import tern.TestClient;
import tern.push.AppDevice.Kind;
import tern.push.fcm.FcmReply;
import tern.v1.ClientFrame;
import tern.v1.ForgetDevice;

/// What becomes of pushes where a registration changes hands or dies, and where a push service is
/// busy, out of reach, or asks to wait.
@Tag("slow")
final class PushServicesTest {
  private static final long FOR_EVER = 4_000_000_000_000L;

  @AutoClose private static final PushBench BENCH = new PushBench();

  @AfterEach
  void servicesWork() {
    BENCH.providers().apns().accepts();
    BENCH.providers().fcm().accepts();
    BENCH.providers().browsers().works();
  }

  @Test
  void phoneThatWasHandedOnNeverShowsWhatIsForItsFirstUser() {
    AppDevice bobs = BENCH.phone("bob7");
    try (TestClient alice = BENCH.node().connect("alice7")) {
      String room = alice.openDirect("bob7");
      AppDevice carols = bobs.handedTo(BENCH.node(), "carol7");

      long sequence = say(alice, room);
      BENCH.outcomes().await(room, sequence, "phone", "no_registration");
      String hers = alice.openDirect("carol7");
      say(alice, hers);

      assertThat(carols.await(1).conversation()).isEqualTo(hers);
      assertThat(bobs.shown()).hasSize(1);
    }
  }

  @Test
  void whatWaitsForAPhoneThatLogsOutIsNotPushed() {
    AppDevice phone = BENCH.away(Kind.FCM_TOKEN, "bob8", "phone");
    BENCH.providers().fcm().answers(FcmReply.unavailable(Optional.of("2")));
    try (TestClient alice = BENCH.node().connect("alice8")) {
      String room = alice.openDirect("bob8");
      long sequence = say(alice, room);
      BENCH.outcomes().await(room, sequence, "phone", "waiting");

      try (TestClient bob = phone.open(BENCH.node())) {
        bob.ask(ClientFrame.newBuilder().setForgetDevice(ForgetDevice.getDefaultInstance()));
      }
      BENCH.providers().fcm().accepts();

      BENCH.outcomes().await(room, sequence, "phone", "no_registration");
      assertThat(phone.shown()).isEmpty();
    }
  }

  @Test
  void deadRegistrationIsDroppedAtItsFirstRefusal() {
    AppDevice phone = BENCH.phone("bob9");
    BENCH.providers().apns().buries(phone.address()::equals, Instant.now().plusSeconds(1));
    try (TestClient alice = BENCH.node().connect("alice9")) {
      String room = alice.openDirect("bob9");
      BENCH.outcomes().await(room, say(alice, room), "phone", "token_gone");
      BENCH.providers().apns().accepts();

      BENCH.outcomes().await(room, say(alice, room), "phone", "no_registration");

      assertThat(phone.shown()).isEmpty();
    }
  }

  @Test
  void registrationThatWasRenewedSinceItDiedIsKept() {
    AppDevice phone = BENCH.phone("bob10");
    BENCH.providers().apns().buries(phone.address()::equals, Instant.now().minusSeconds(60));
    try (TestClient alice = BENCH.node().connect("alice10")) {
      String room = alice.openDirect("bob10");
      BENCH.outcomes().await(room, say(alice, room), "phone", "token_gone");
      BENCH.providers().apns().accepts();

      long second = say(alice, room);

      assertThat(phone.await(1).sequence()).isEqualTo(second);
    }
  }

  @Test
  void serviceThatWasBusyIsToldNothingStale() {
    AppDevice phone = BENCH.phone("bob11");
    BENCH.providers().apns().refuses(RejectionReason.SERVICE_UNAVAILABLE);
    try (TestClient alice = BENCH.node().connect("alice11");
        TestClient dan = BENCH.node().connect("dan11");
        TestClient eve = BENCH.node().connect("eve11");
        TestClient frank = BENCH.node().connect("frank11")) {
      String read = alice.openDirect("bob11");
      String deleted = dan.openDirect("bob11");
      String muted = eve.openDirect("bob11");
      String kept = frank.openDirect("bob11");
      long readOne = say(alice, read);
      long deletedOne = say(dan, deleted);
      long mutedOne = say(eve, muted);
      long keptOne = say(frank, kept);
      BENCH.outcomes().await(kept, keptOne, "phone", "waiting");

      try (TestClient web = TestClient.connect(BENCH.node(), "bob11", "web", "main")) {
        web.ask(Requests.markRead(read, readOne));
        web.ask(PersonRequests.muteConversation(muted, FOR_EVER));
        dan.ask(Requests.delete(deleted, deletedOne));
      }
      BENCH.providers().apns().accepts();

      assertThat(phone.await(1).conversation()).isEqualTo(kept);
      // Nobody heard what was refused.
      assertThat(phone.await(1).isAudible()).isTrue();
      BENCH.outcomes().await(read, readOne, "phone", "read");
      BENCH.outcomes().await(deleted, deletedOne, "phone", "deleted");
      BENCH.outcomes().await(muted, mutedOne, "phone", "muted");
      assertThat(phone.shown()).hasSize(1);
    }
  }

  @Test
  void serviceThatCouldNotBeReachedIsTold() {
    AppDevice phone = BENCH.phone("bob18");
    BENCH.providers().apns().wire().cut();
    try (TestClient alice = BENCH.node().connect("alice18")) {
      String room = alice.openDirect("bob18");
      long sequence = say(alice, room);
      BENCH.outcomes().await(room, sequence, "phone", "waiting");

      BENCH.providers().apns().wire().mend();

      assertThat(phone.await(1).sequence()).isEqualTo(sequence);
      BENCH.outcomes().await(room, sequence, "phone", "accepted");
      assertThat(phone.shown()).hasSize(1);
    }
  }

  @Test
  void serviceThatAsksToWaitIsGivenItsTime() {
    AppDevice phone = BENCH.away(Kind.FCM_TOKEN, "bob12", "phone");
    BENCH.providers().fcm().answers(FcmReply.quotaExceeded(Optional.of("2")));
    try (TestClient alice = BENCH.node().connect("alice12")) {
      String room = alice.openDirect("bob12");
      int before = BENCH.providers().fcm().sends();
      long sequence = say(alice, room);
      BENCH.outcomes().await(room, sequence, "phone", "waiting");
      Eventually.passes(Duration.ofSeconds(1));
      assertThat(BENCH.providers().fcm().sends() - before).isEqualTo(1);
      BENCH.providers().fcm().accepts();

      assertThat(phone.await(1).sequence()).isEqualTo(sequence);
    }
  }

  @Test
  void serviceThatHangsIsAskedAgain() {
    AppDevice browser = BENCH.away(Kind.WEB_PUSH, "bob13", "browser");
    BENCH.providers().browsers().answers(503, Map.of(), "");
    try (TestClient alice = BENCH.node().connect("alice13")) {
      String room = alice.openDirect("bob13");
      long sequence = say(alice, room);
      BENCH.outcomes().await(room, sequence, "browser", "waiting");
      BENCH.providers().browsers().works();

      assertThat(browser.await(1).sequence()).isEqualTo(sequence);
      assertThat(browser.shown()).hasSize(1);
    }
  }
}
