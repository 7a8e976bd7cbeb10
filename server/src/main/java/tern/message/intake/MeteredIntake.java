// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// The intake's events as meters.
public final class MeteredIntake implements IntakeMetrics {
  private final Counter groups;
  private final DistributionSummary groupSize;
  private final Timer commit;

  /// Registers the meters.
  public MeteredIntake(MeterRegistry registry) {
    groups =
        Counter.builder("tern.intake.groups")
            .description("Transactions that stored messages")
            .register(registry);
    groupSize =
        DistributionSummary.builder("tern.intake.group.size")
            .description("New messages in one transaction")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    commit =
        Timer.builder("tern.intake.commit")
            .description("From the statement's start to its commit")
            .publishPercentiles(0.5, 0.99)
            .register(registry);
  }

  @Override
  public void committed(int messages, Duration took) {
    groups.increment();
    groupSize.record(messages);
    commit.record(took);
  }
}
