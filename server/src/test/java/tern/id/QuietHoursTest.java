// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest(name = "{0} to {1}, at {2}: until {3}")
  @CsvSource(
      nullValues = "-",
      value = {
        // Within one day.
        "13:00, 15:00, 2026-11-23T11:59:59Z, -",
        "13:00, 15:00, 2026-11-23T12:00:00Z, 2026-11-23T14:00:00Z",
        "13:00, 15:00, 2026-11-23T13:59:59Z, 2026-11-23T14:00:00Z",
        "13:00, 15:00, 2026-11-23T14:00:00Z, -",
        // Across midnight.
        "22:00, 07:00, 2026-11-23T20:59:59Z, -",
        "22:00, 07:00, 2026-11-23T21:00:00Z, 2026-11-24T06:00:00Z",
        "22:00, 07:00, 2026-11-24T00:30:00Z, 2026-11-24T06:00:00Z",
        "22:00, 07:00, 2026-11-24T06:00:00Z, -",
        // The clock goes forward from 2 to 3 on 29 March, and back from 3 to 2 on 25 October.
        "22:00, 07:00, 2026-03-28T22:00:00Z, 2026-03-29T05:00:00Z",
        "22:00, 07:00, 2026-10-24T21:00:00Z, 2026-10-25T06:00:00Z",
        "22:00, 02:30, 2026-03-29T00:59:59Z, 2026-03-29T01:30:00Z",
        "02:30, 04:00, 2026-03-29T01:15:00Z, -",
        "02:30, 04:00, 2026-03-29T01:30:00Z, 2026-03-29T02:00:00Z",
        "22:00, 02:30, 2026-10-25T00:29:59Z, 2026-10-25T00:30:00Z",
        "22:00, 02:30, 2026-10-25T01:15:00Z, -",
      })
  void lastByTheClockOnTheWall(LocalTime from, LocalTime to, Instant now, Instant until) {
    QuietHours hours = new QuietHours(from, to, BERLIN);

    assertThat(hours.until(now).orElse(null)).isEqualTo(until);
  }

  @Test
  void hoursThatAreNoneOrAllAreRefused() {
    LocalTime noon = LocalTime.NOON;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new QuietHours(noon, noon, BERLIN))
        .withMessage("quiet hours: 12:00 to 12:00 (expected: differ)");
  }
}
