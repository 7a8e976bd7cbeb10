// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that every measuring scenario has.
final class SpeedOptions {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int MAX_LOOPS = 256;

  @Option(
      names = "--duration",
      defaultValue = "20s",
      description = "How long is measured (${DEFAULT-VALUE}).")
  private Duration duration = Duration.ofSeconds(20);

  @Option(
      names = "--warm-up",
      defaultValue = "5s",
      description = "How long it runs before that, uncounted (${DEFAULT-VALUE}).")
  private Duration warmUp = Duration.ofSeconds(5);

  @Option(
      names = "--bytes",
      defaultValue = "100",
      description = "Size of a message's text (${DEFAULT-VALUE}).")
  private int bytes;

  @Option(
      names = "--loops",
      defaultValue = "1",
      description = "Event loops of the driver (${DEFAULT-VALUE}).")
  private int loops;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON.")
  private @Nullable Path json;

  /// Refuses what would measure nothing or never end; asked before anything is started.
  void check() {
    check("--duration", duration, Duration.ofMillis(1), DAY);
    check("--warm-up", warmUp, Duration.ZERO, DAY);
    check("--bytes", bytes, 1, MAX_BYTES);
    check("--loops", loops, 1, MAX_LOOPS);
  }

  static void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          option + ": " + value + " (expected: " + least + " to " + most + ")");
    }
  }

  private static void check(String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          option + ": " + told(value) + " (expected: " + told(least) + " to " + told(most) + ")");
    }
  }

  // As people type it: 1m30s.
  private static String told(Duration time) {
    return time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  Duration duration() {
    return duration;
  }

  Duration warmUp() {
    return warmUp;
  }

  int bytes() {
    return bytes;
  }

  int loops() {
    return loops;
  }

  Optional<Path> json() {
    return Optional.ofNullable(json);
  }
}
