// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.hook;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The hook's events as meters.
public final class MeteredHook implements HookMetrics {
  private final Map<Ending, Timer> endings = new EnumMap<>(Ending.class);

  /// Registers the meters.
  public MeteredHook(MeterRegistry registry) {
    for (Ending ending : Ending.values()) {
      endings.put(
          ending,
          Timer.builder("tern.moderation.hook")
              .description("Messages that the app's backend was asked about before they were sent")
              .tag("ending", ending.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  @Override
  public void asked(Ending ending, Duration took) {
    Objects.requireNonNull(endings.get(ending)).record(took);
  }
}
