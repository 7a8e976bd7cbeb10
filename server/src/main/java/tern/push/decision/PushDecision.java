// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

import java.time.Instant;
import java.util.Optional;
import tern.device.DeviceStanding;

/// Whether, and when, a message is pushed to a device.
///
/// A pure function: it is asked when the message has been committed, again when a plan's time has
/// come, and once more right before sending; the same facts give the same answer, on any node.
public final class PushDecision {
  private final PushTimings timings;

  /// Decides by these timings.
  public PushDecision(PushTimings timings) {
    this.timings = timings;
  }

  /// What is to become of the message on this device, by what is known at `now`.
  ///
  /// A message that the user has read, or that the device has acknowledged, is never pushed; any
  /// other is either pushed in the end or kept from it by a reason of the recipient's, the
  /// sender's or the conversation's.
  public PushPlan decide(PushMessage message, Recipient recipient, PushDevice device, Instant now) {
    Optional<Suppression> because = suppression(message, recipient, device, now);
    if (because.isPresent()) {
      return new PushPlan.Never(because.get());
    }
    Optional<Instant> quiet = quietUntil(message, recipient.preference(), now);
    if (quiet.isPresent()) {
      return new PushPlan.Held(quiet.get());
    }
    Instant due = due(message, device, now);
    return due.isAfter(now) ? new PushPlan.At(due) : new PushPlan.Now();
  }

  private static Optional<Suppression> suppression(
      PushMessage message, Recipient recipient, PushDevice device, Instant now) {
    PushPreference preference = recipient.preference();
    if (message.sender().equals(recipient.user())) {
      return Optional.of(Suppression.OWN_MESSAGE);
    }
    if (message.isSilent()) {
      return Optional.of(Suppression.SILENT);
    }
    if (!message.kindHasPushes()) {
      return Optional.of(Suppression.KIND_HAS_NONE);
    }
    if (recipient.blocksSender()) {
      return Optional.of(Suppression.BLOCKED);
    }
    boolean isMuted = recipient.mutesSender() || preference.isMuted(now);
    if (isMuted && !preference.letsPass(message)) {
      return Optional.of(Suppression.MUTED);
    }
    if (!preference.wants(message)) {
      return Optional.of(Suppression.PREFERENCE);
    }
    return needless(recipient, device);
  }

  private static Optional<Suppression> needless(Recipient recipient, PushDevice device) {
    if (!device.isRegistered()) {
      return Optional.of(Suppression.NO_REGISTRATION);
    }
    if (recipient.hasRead()) {
      return Optional.of(Suppression.READ);
    }
    return device.hasAcknowledged() ? Optional.of(Suppression.ACKNOWLEDGED) : Optional.empty();
  }

  private static Optional<Instant> quietUntil(
      PushMessage message, PushPreference preference, Instant now) {
    return preference.letsPass(message)
        ? Optional.empty()
        : preference.quietHours().flatMap(hours -> hours.until(now));
  }

  /// When the push is due, by the first of the design's rows that fits.
  private Instant due(PushMessage message, PushDevice device, Instant now) {
    Instant committed = message.committedAt();
    return switch (device.standing()) {
      case DeviceStanding.Unknown _ -> committed.plus(timings.unknown());
      case DeviceStanding.Foreground _ -> committed.plus(timings.grace());
      case DeviceStanding _ when device.anotherKnows() -> committed.plus(timings.elsewhere());
      // The other one is given the time to acknowledge; it is never there when a message comes.
      case DeviceStanding.Beside _ -> committed.plus(timings.grace());
      case DeviceStanding.Left left -> left.backBy().plus(timings.comeBack());
      case DeviceStanding.Absent _ -> now;
    };
  }
}
