// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads durations as people type them: `500ms`, `60s`, `5m`, `2h`.
final class DurationText implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      String iso = text.toUpperCase(Locale.ROOT);
      return iso.endsWith("MS")
          ? Duration.ofMillis(Long.parseLong(iso.substring(0, iso.length() - 2)))
          : Duration.parse("PT" + iso);
    } catch (RuntimeException _) {
      throw new TypeConversionException(
          "'" + text + "' is no duration (expected: such as 500ms, 60s, 5m)");
    }
  }
}
