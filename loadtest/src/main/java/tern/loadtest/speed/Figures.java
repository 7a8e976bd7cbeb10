// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import tern.loadtest.report.Report;

/// What is counted while a scenario runs, from every event loop; begun anew after the warm-up.
final class Figures {
  private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MS = 1e6;

  private final LongAdder sent = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private final Histogram accept = new ConcurrentHistogram(MAX_NANOS, DIGITS);
  private final Histogram endToEnd = new ConcurrentHistogram(MAX_NANOS, DIGITS);
  private volatile long sinceNanos = System.nanoTime();

  void sent() {
    sent.increment();
  }

  void accepted(long nanos) {
    accepted.increment();
    accept.recordValue(Math.min(nanos, MAX_NANOS));
  }

  void delivered(long nanos) {
    delivered.increment();
    endToEnd.recordValue(Math.min(nanos, MAX_NANOS));
  }

  void refused() {
    refused.increment();
  }

  void closed() {
    closed.increment();
  }

  /// Of the time from sending to receiving, in milliseconds.
  double endToEndMs(double percentile) {
    return endToEnd.getValueAtPercentile(percentile) / NANOS_PER_MS;
  }

  /// Whether as many were accepted as were sent.
  boolean isAllAccepted() {
    return accepted.sum() >= sent.sum();
  }

  long deliveries() {
    return delivered.sum();
  }

  void beginAnew() {
    sent.reset();
    accepted.reset();
    delivered.reset();
    refused.reset();
    closed.reset();
    accept.reset();
    endToEnd.reset();
    sinceNanos = System.nanoTime();
  }

  double seconds() {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  String line(String scenario, String leftOver) {
    double seconds = Math.max(0.001, seconds());
    return ("%s: %s, %,.0f accepted/s, %,.0f delivered/s, "
            + "accept p99 %.1f ms, end to end p99 %.1f ms, %,d refused")
        .formatted(
            scenario,
            leftOver,
            accepted.sum() / seconds,
            delivered.sum() / seconds,
            accept.getValueAtPercentile(99) / NANOS_PER_MS,
            endToEnd.getValueAtPercentile(99) / NANOS_PER_MS,
            refused.sum());
  }

  void tell(Report report) {
    double seconds = seconds();
    report
        .add("seconds", "measured", seconds, "s")
        .add("sent_per_second", "sent", sent.sum() / seconds, "/s")
        .add("accepted_per_second", "accepted", accepted.sum() / seconds, "/s")
        .add("deliveries_per_second", "delivered", delivered.sum() / seconds, "/s");
    tell(report, "accept_ms", "accept", accept);
    tell(report, "end_to_end_ms", "end to end", endToEnd);
    report
        .add("refused", "refused", refused.sum())
        .add("closed", "sessions closed on the way", closed.sum());
  }

  private static void tell(Report report, String key, String label, Histogram of) {
    report
        .add(key + ".p50", label + " p50", of.getValueAtPercentile(50) / NANOS_PER_MS, "ms")
        .add(key + ".p90", label + " p90", of.getValueAtPercentile(90) / NANOS_PER_MS, "ms")
        .add(key + ".p99", label + " p99", of.getValueAtPercentile(99) / NANOS_PER_MS, "ms")
        .add(key + ".p999", label + " p99.9", of.getValueAtPercentile(99.9) / NANOS_PER_MS, "ms")
        .add(key + ".max", label + " max", of.getMaxValue() / NANOS_PER_MS, "ms");
  }
}
