// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static tern.push.decision.PushMoments.BOB;
import static tern.push.decision.PushMoments.NOON;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tern.device.DeviceStanding;
import tern.id.PushLevel;
import tern.id.QuietHours;
import tern.id.UserId;

class PushDecisionProperties {
  private static final PushDecision DECISION = new PushDecision(PushTimings.DEFAULT);
  // A held message and the waits after it; more would be a circle.
  private static final int MOST_STEPS = 4;

  private static PushPlan end(PushMessage message, Recipient recipient, PushDevice device) {
    Instant now = NOON;
    for (int step = 0; step < MOST_STEPS; step++) {
      switch (DECISION.decide(message, recipient, device, now)) {
        case PushPlan.At(Instant at) -> now = later(now, at);
        case PushPlan.Held(Instant until) -> now = later(now, until);
        case PushPlan.Now plan -> {
          return plan;
        }
        case PushPlan.Never plan -> {
          return plan;
        }
      }
    }
    throw new AssertionError("undecided at " + now);
  }

  private static Instant later(Instant now, Instant planned) {
    assertThat(planned).isAfter(now);
    return planned;
  }

  @Property
  void everyMessageIsPushedInTheEndOrKeptFromItForItsReason(
      @ForAll("messages") PushMessage message,
      @ForAll("recipients") Recipient recipient,
      @ForAll("devices") PushDevice device) {
    assertThat(end(message, recipient, device)).isEqualTo(expected(message, recipient, device));
  }

  @Property
  void whatTheDeviceOrItsUserKnowsIsNeverPushed(
      @ForAll("messages") PushMessage message,
      @ForAll("recipients") Recipient recipient,
      @ForAll("devices") PushDevice device) {
    if (device.hasAcknowledged() || recipient.hasRead()) {
      assertThat(end(message, recipient, device)).isInstanceOf(PushPlan.Never.class);
    }
  }

  // The list of reasons, said once more in the simplest way: the first that holds.
  private static PushPlan expected(PushMessage message, Recipient recipient, PushDevice device) {
    PushPreference wish = recipient.preference();
    boolean urgent = message.isUrgent() && wish.urgentPasses();
    boolean passes = urgent || (message.mentions() && wish.mentionsPass());
    boolean muted = recipient.mutesSender() || wish.mutedUntil().isAfter(NOON);
    boolean unwanted =
        wish.level() == PushLevel.NONE
            || (wish.level() == PushLevel.MENTIONS && !message.mentions() && !urgent);
    List<Optional<Suppression>> reasons =
        List.of(
            when(message.sender().equals(recipient.user()), Suppression.OWN_MESSAGE),
            when(message.isSilent(), Suppression.SILENT),
            when(!message.kindHasPushes(), Suppression.KIND_HAS_NONE),
            when(recipient.blocksSender(), Suppression.BLOCKED),
            when(muted && !passes, Suppression.MUTED),
            when(unwanted, Suppression.PREFERENCE),
            when(!device.isRegistered(), Suppression.NO_REGISTRATION),
            when(recipient.hasRead(), Suppression.READ),
            when(device.hasAcknowledged(), Suppression.ACKNOWLEDGED));
    return reasons.stream()
        .flatMap(Optional::stream)
        .findFirst()
        .<PushPlan>map(PushPlan.Never::new)
        .orElseGet(PushPlan.Now::new);
  }

  private static Optional<Suppression> when(boolean holds, Suppression because) {
    return holds ? Optional.of(because) : Optional.empty();
  }

  @Provide
  Arbitrary<PushMessage> messages() {
    return Combinators.combine(
            rarely(), Arbitraries.of("alice", "bob").map(UserId::new), rarely(), rarely(), rarely())
        .as(
            (withoutPushes, sender, silent, urgent, mentions) ->
                new PushMessage(!withoutPushes, sender, silent, urgent, mentions, NOON));
  }

  @Provide
  Arbitrary<Recipient> recipients() {
    return Combinators.combine(rarely(), rarely(), rarely(), preferences())
        .as(
            (blocks, mutes, hasRead, preference) ->
                new Recipient(BOB, blocks, mutes, hasRead, preference));
  }

  private static Arbitrary<PushPreference> preferences() {
    return Combinators.combine(
            Arbitraries.of(PushLevel.class),
            Arbitraries.of(Instant.MIN, Instant.MIN, Instant.MAX),
            quietHours().optional(),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as(PushPreference::new);
  }

  private static Arbitrary<QuietHours> quietHours() {
    Arbitrary<Integer> hours = Arbitraries.integers().between(0, 23);
    Arbitrary<ZoneId> zones =
        Arbitraries.of("Europe/Berlin", "America/St_Johns", "Pacific/Apia", "UTC").map(ZoneId::of);
    return Combinators.combine(hours, Arbitraries.integers().between(1, 23), zones)
        .as(
            (from, length, zone) ->
                new QuietHours(LocalTime.of(from, 0), LocalTime.of((from + length) % 24, 0), zone));
  }

  @Provide
  Arbitrary<PushDevice> devices() {
    Arbitrary<DeviceStanding> standings =
        Arbitraries.of(
            new DeviceStanding.Unknown(),
            new DeviceStanding.Foreground(),
            new DeviceStanding.Beside(),
            new DeviceStanding.Left(NOON.minusSeconds(1), NOON.plusSeconds(9)),
            new DeviceStanding.Left(NOON.minusSeconds(1), NOON.minusSeconds(1)),
            new DeviceStanding.Absent());
    return Combinators.combine(rarely().map(it -> !it), standings, rarely(), rarely())
        .as(PushDevice::new);
  }

  private static Arbitrary<Boolean> rarely() {
    return Arbitraries.integers().between(0, 9).map(it -> it == 0);
  }
}
