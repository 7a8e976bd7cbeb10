// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import tern.push.ledger.WaitingPush;
import tern.push.reporting.PushReport;

/// Pushes in Micrometer's registry: `tern.push.ended`, from the commit to the answer of the push
/// service, by kind and outcome; and `tern.push.reported`, what devices told of them, by kind and
/// event.
public final class MeteredPushes implements PushMetrics {
  private static final String[] KINDS = {"apns", "fcm_token", "fcm_installation", "web_push"};

  private final MeterRegistry registry;

  /// Registers there.
  public MeteredPushes(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Measures what waits, and what is on its way: `tern.push.waiting` by kind, `tern.push.overdue`,
  /// `tern.push.in.flight`.
  public void watch(Pushes pushes) {
    for (WaitingPush.Kind kind : WaitingPush.Kind.values()) {
      Gauge.builder("tern.push.waiting", pushes, it -> it.backlog().waiting(kind))
          .description("Pushes that wait: news, held back by quiet hours, or to clear a banner")
          .tag("kind", kind.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("tern.push.overdue", pushes, it -> it.backlog().overdue().toMillis() / 1e3)
        .baseUnit("seconds")
        .description("How late the oldest waiting push is; growing means that pushes pile up")
        .register(registry);
    Gauge.builder("tern.push.in.flight", pushes, Pushes::inFlight)
        .description("Pushes that their service has not answered yet")
        .register(registry);
  }

  @Override
  public void ended(int kind, PushOutcome outcome, Duration sinceCommit) {
    Timer.builder("tern.push.ended")
        .description("Pushes that their service has answered, from the newest message's commit")
        .tag("kind", KINDS[kind - 1])
        .tag("outcome", name(outcome))
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofMinutes(1))
        .register(registry)
        .record(sinceCommit.isNegative() ? Duration.ZERO : sinceCommit);
  }

  @Override
  public void reported(int kind, PushReport.Event event) {
    Counter.builder("tern.push.reported")
        .description("Pushes of which their device told that they came, or were tapped")
        .tag("kind", KINDS[kind - 1])
        .tag("event", event.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  private static String name(PushOutcome outcome) {
    return switch (outcome) {
      case PushOutcome.Accepted _ -> "accepted";
      case PushOutcome.TokenGone _ -> "token_gone";
      case PushOutcome.Refused _ -> "refused";
      case PushOutcome.Failed _ -> "failed";
    };
  }
}
