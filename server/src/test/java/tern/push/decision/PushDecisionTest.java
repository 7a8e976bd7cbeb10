// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.push.decision.PushMoments.ABSENT;
import static tern.push.decision.PushMoments.ALICE;
import static tern.push.decision.PushMoments.BOB;
import static tern.push.decision.PushMoments.MESSAGE;
import static tern.push.decision.PushMoments.NOON;
import static tern.push.decision.PushMoments.RECIPIENT;
import static tern.push.decision.PushMoments.device;
import static tern.push.decision.PushMoments.message;
import static tern.push.decision.PushMoments.muted;
import static tern.push.decision.PushMoments.quiet;
import static tern.push.decision.PushMoments.recipient;
import static tern.push.decision.PushMoments.wants;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import tern.device.DeviceStanding;
import tern.id.PushLevel;
import tern.id.QuietHours;

class PushDecisionTest {
  private final PushDecision decision = new PushDecision(PushTimings.DEFAULT);

  private PushPlan decide(PushDevice device, Instant now) {
    return decision.decide(MESSAGE, RECIPIENT, device, now);
  }

  private PushPlan decide(PushMessage message, PushPreference preference) {
    return decision.decide(message, recipient(preference), ABSENT, NOON);
  }

  private static PushPlan never(Suppression because) {
    return new PushPlan.Never(because);
  }

  private static PushPlan at(long seconds) {
    return new PushPlan.At(noonPlus(seconds));
  }

  private static Instant noonPlus(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  @Test
  void deviceThatIsAwayIsWokenAtOnce() {
    assertThat(decide(ABSENT, NOON)).isEqualTo(new PushPlan.Now());
  }

  @Test
  void whereNobodyKnowsWhereTheDeviceIsItHasTwelveSeconds() {
    PushDevice device = device(new DeviceStanding.Unknown());

    assertThat(decide(device, noonPlus(1))).isEqualTo(at(12));
    assertThat(decide(device, noonPlus(12))).isEqualTo(new PushPlan.Now());
  }

  @Test
  void deviceInTheForegroundHasItsGrace() {
    PushDevice device = device(new DeviceStanding.Foreground());

    assertThat(decide(device, noonPlus(7))).isEqualTo(at(8));
    assertThat(decide(device, noonPlus(8))).isEqualTo(new PushPlan.Now());
  }

  @Test
  void whoHasItBeforeThemElsewhereHasHalfAMinuteToRead() {
    DeviceStanding left = new DeviceStanding.Left(NOON, NOON);
    PushDevice absent = new PushDevice(true, new DeviceStanding.Absent(), false, true);
    PushDevice justLeft = new PushDevice(true, left, false, true);

    assertThat(decide(absent, NOON)).isEqualTo(at(30));
    assertThat(decide(justLeft, NOON)).isEqualTo(at(30));
    assertThat(decide(absent, noonPlus(30))).isEqualTo(new PushPlan.Now());
  }

  @Test
  void besideOneThatIsLookedAtADeviceWaitsForWhatThatKnows() {
    DeviceStanding beside = new DeviceStanding.Beside();

    assertThat(decide(device(beside), noonPlus(7))).isEqualTo(at(8));
    assertThat(decide(device(beside), noonPlus(8))).isEqualTo(new PushPlan.Now());
    assertThat(decide(new PushDevice(true, beside, false, true), noonPlus(8))).isEqualTo(at(30));
  }

  @Test
  void ownForegroundCountsBeforeAnotherDevice() {
    PushDevice device = new PushDevice(true, new DeviceStanding.Foreground(), false, true);

    assertThat(decide(device, NOON)).isEqualTo(at(8));
  }

  @Test
  void flapOfTheNetworkBringsNoBuzz() {
    PushDevice device = device(new DeviceStanding.Left(noonPlus(-3), noonPlus(-3)));

    assertThat(decide(device, NOON)).isEqualTo(at(2));
    assertThat(decide(device, noonPlus(2))).isEqualTo(new PushPlan.Now());
  }

  @Test
  void whomTheServerSentOffIsAwaitedUntilTheToldTime() {
    PushDevice device = device(new DeviceStanding.Left(noonPlus(-3), noonPlus(20)));

    assertThat(decide(device, NOON)).isEqualTo(at(25));
  }

  @Test
  void whoLeftLongAgoIsAway() {
    Instant earlier = NOON.minus(Duration.ofHours(1));

    assertThat(decide(device(new DeviceStanding.Left(earlier, earlier)), NOON))
        .isEqualTo(new PushPlan.Now());
  }

  @Test
  void acknowledgedOrReadIsNotPushed() {
    PushDevice knows = new PushDevice(true, new DeviceStanding.Foreground(), true, false);
    Recipient reader = new Recipient(BOB, false, false, true, PushPreference.DEFAULT);

    assertThat(decide(knows, noonPlus(60))).isEqualTo(never(Suppression.ACKNOWLEDGED));
    assertThat(decision.decide(MESSAGE, reader, ABSENT, NOON)).isEqualTo(never(Suppression.READ));
  }

  @Test
  void nothingIsPushedToWhomThereIsNoAddressOf() {
    PushDevice device = new PushDevice(false, new DeviceStanding.Absent(), false, false);

    assertThat(decide(device, NOON)).isEqualTo(never(Suppression.NO_REGISTRATION));
  }

  @Test
  void ownMessageIsNotPushedToOnesOtherDevices() {
    Recipient sender = new Recipient(ALICE, false, false, false, PushPreference.DEFAULT);

    assertThat(decision.decide(MESSAGE, sender, ABSENT, NOON))
        .isEqualTo(never(Suppression.OWN_MESSAGE));
  }

  @Test
  void silentMessagesAndLiveRoomsWakeNobody() {
    PushMessage silent = message(true, true, true);
    PushMessage open = new PushMessage(false, ALICE, false, true, true, NOON);

    assertThat(decide(silent, PushPreference.DEFAULT)).isEqualTo(never(Suppression.SILENT));
    assertThat(decide(open, PushPreference.DEFAULT)).isEqualTo(never(Suppression.KIND_HAS_NONE));
  }

  @Test
  void noFlagPassesABlock() {
    Recipient blocking = new Recipient(BOB, true, false, false, PushPreference.DEFAULT);
    PushMessage urgent = message(false, true, true);

    assertThat(decision.decide(urgent, blocking, ABSENT, NOON))
        .isEqualTo(never(Suppression.BLOCKED));
  }

  @Test
  void mutedConversationLetsThroughWhatItsMemberWishes() {
    PushMessage plain = message(false, false, false);
    PushMessage urgent = message(false, true, false);
    PushMessage mention = message(false, false, true);

    assertThat(decide(plain, muted(true, true))).isEqualTo(never(Suppression.MUTED));
    assertThat(decide(mention, muted(true, false))).isEqualTo(new PushPlan.Now());
    assertThat(decide(mention, muted(false, true))).isEqualTo(never(Suppression.MUTED));
    assertThat(decide(urgent, muted(false, true))).isEqualTo(new PushPlan.Now());
    assertThat(decide(urgent, muted(true, false))).isEqualTo(never(Suppression.MUTED));
  }

  @Test
  void mutedSenderIsNotHeardUnlessTheyMention() {
    Recipient recipient = new Recipient(BOB, false, true, false, PushPreference.DEFAULT);
    PushMessage mention = message(false, false, true);

    assertThat(decision.decide(MESSAGE, recipient, ABSENT, NOON))
        .isEqualTo(never(Suppression.MUTED));
    assertThat(decision.decide(mention, recipient, ABSENT, NOON)).isEqualTo(new PushPlan.Now());
  }

  @Test
  void preferenceSaysWhichMessagesAreWanted() {
    PushMessage plain = message(false, false, false);
    PushMessage mention = message(false, false, true);
    PushPreference mentions = wants(PushLevel.MENTIONS);
    PushPreference none = wants(PushLevel.NONE);

    assertThat(decide(plain, mentions)).isEqualTo(never(Suppression.PREFERENCE));
    assertThat(decide(mention, mentions)).isEqualTo(new PushPlan.Now());
    assertThat(decide(mention, none)).isEqualTo(never(Suppression.PREFERENCE));
  }

  @Test
  void quietHoursHoldWhatIsNeitherMentionNorUrgent() {
    QuietHours hours = new QuietHours(LocalTime.of(11, 0), LocalTime.of(13, 0), ZoneOffset.UTC);
    PushMessage urgent = message(false, true, false);

    assertThat(decide(MESSAGE, quiet(hours))).isEqualTo(new PushPlan.Held(noonPlus(3600)));
    assertThat(decide(urgent, quiet(hours))).isEqualTo(new PushPlan.Now());
  }
}
