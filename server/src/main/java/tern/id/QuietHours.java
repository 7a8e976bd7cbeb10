// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/// The hours of each day in which a user wants no push, by the clock on their wall.
///
/// A beginning or end that daylight saving skips comes as much later as the clock has moved; of
/// one that it repeats, the first counts.
///
/// @param from the first moment of quiet
/// @param to the first moment after it; before `from`: on the next day
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {
  /// Refuses hours that are none, or all.
  public QuietHours {
    if (from.equals(to)) {
      throw new IllegalArgumentException(
          "quiet hours: " + from + " to " + to + " (expected: differ)");
    }
  }

  /// When the quiet that holds at `now` ends; empty when none does.
  public Optional<Instant> until(Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return endOf(today, now).or(() -> endOf(today.minusDays(1), now));
  }

  private Optional<Instant> endOf(LocalDate day, Instant now) {
    Instant begin = day.atTime(from).atZone(zone).toInstant();
    LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
    Instant end = last.atTime(to).atZone(zone).toInstant();
    return now.isBefore(begin) || !now.isBefore(end) ? Optional.empty() : Optional.of(end);
  }
}
