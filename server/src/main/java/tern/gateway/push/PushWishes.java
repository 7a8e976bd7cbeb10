// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.push;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import tern.gateway.request.RequestRefused;
import tern.id.PushLevel;
import tern.id.QuietHours;
import tern.text.Shown;

/// Translates what users say of when they want to be woken, and refuses what can't be.
public final class PushWishes {
  private static final Pattern TIME = Pattern.compile("(?:[01]\\d|2[0-3]):[0-5]\\d");

  private PushWishes() {}

  /// About which messages; empty when it is not said. `what` names the field.
  public static Optional<PushLevel> level(String what, tern.v1.PushLevel level) {
    return switch (level) {
      case PUSH_LEVEL_UNSPECIFIED -> Optional.empty();
      case PUSH_LEVEL_ALL -> Optional.of(PushLevel.ALL);
      case PUSH_LEVEL_MENTIONS -> Optional.of(PushLevel.MENTIONS);
      case PUSH_LEVEL_NONE -> Optional.of(PushLevel.NONE);
      // A level that this server does not know must not pass for one that it kept.
      case UNRECOGNIZED ->
          throw RequestRefused.invalid(what + ": not known (expected: all, mentions or none)");
    };
  }

  /// The level as clients see it.
  public static tern.v1.PushLevel level(PushLevel level) {
    return switch (level) {
      case ALL -> tern.v1.PushLevel.PUSH_LEVEL_ALL;
      case MENTIONS -> tern.v1.PushLevel.PUSH_LEVEL_MENTIONS;
      case NONE -> tern.v1.PushLevel.PUSH_LEVEL_NONE;
    };
  }

  /// When pushes are to wait; empty when all of it is: never. Refuses what is no time, no zone, or
  /// half of it.
  public static Optional<QuietHours> quietHours(tern.v1.QuietHours it) {
    if (it.getFrom().isEmpty() && it.getTo().isEmpty() && it.getZone().isEmpty()) {
      return Optional.empty();
    }
    LocalTime from = time("quiet_hours.from", it.getFrom());
    LocalTime to = time("quiet_hours.to", it.getTo());
    if (from.equals(to)) {
      throw RequestRefused.invalid("quiet_hours: " + from + " to " + to + " (expected: differ)");
    }
    if (!ZoneId.getAvailableZoneIds().contains(it.getZone())) {
      throw RequestRefused.invalid(
          "quiet_hours.zone: " + Shown.of(it.getZone()) + " (expected: one like Europe/Berlin)");
    }
    return Optional.of(new QuietHours(from, to, ZoneId.of(it.getZone())));
  }

  private static LocalTime time(String what, String text) {
    if (!TIME.matcher(text).matches()) {
      throw RequestRefused.invalid(what + ": " + Shown.of(text) + " (expected: 00:00 to 23:59)");
    }
    return LocalTime.parse(text);
  }

  /// The hours as clients see them.
  public static tern.v1.QuietHours quietHours(QuietHours it) {
    return tern.v1.QuietHours.newBuilder()
        .setFrom(it.from().toString())
        .setTo(it.to().toString())
        .setZone(it.zone().getId())
        .build();
  }
}
