// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.time.Duration;
import java.util.Optional;
import tern.loadtest.client.Await;
import tern.loadtest.node.ServerUse;
import tern.loadtest.report.Progress;
import tern.loadtest.report.Report;
import tern.loadtest.target.Target;

/// Warm-up, then the time that counts, with the server's CPU around it.
final class Measurement {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final String scenario;
  private final Target target;
  private final SpeedOptions options;
  private final Figures figures;
  private final Progress progress;

  Measurement(
      String scenario, Target target, SpeedOptions options, Figures figures, Progress progress) {
    this.scenario = scenario;
    this.target = target;
    this.options = options;
    this.figures = figures;
    this.progress = progress;
  }

  /// Measures what already runs; costs are told per `thing`, of which the figures have counted so
  /// many deliveries.
  Report take(String thing) {
    pass(options.warmUp(), "warming up");
    figures.beginAnew();
    Optional<ServerUse> before = target.own().map(own -> ServerUse.of(own.node()));
    pass(options.duration(), "measuring");
    Optional<ServerUse> after = target.own().map(own -> ServerUse.of(own.node()));
    Report report = new Report();
    figures.tell(report);
    long count = figures.deliveries();
    after.ifPresent(used -> used.since(before.orElseThrow()).tell(report, thing, count));
    progress.end();
    return report;
  }

  private void pass(Duration time, String what) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Await.passing(LOOK);
      long left = Duration.ofNanos(Math.max(0, end - System.nanoTime())).toSeconds();
      progress.show(figures.line(scenario, what + ", " + left + " s left"));
    }
  }
}
