// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that every measuring scenario has.
final class SpeedOptions {
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
