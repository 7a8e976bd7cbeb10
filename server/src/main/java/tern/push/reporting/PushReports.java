// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.reporting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import tern.push.PushMetrics;
import tern.push.reporting.ReportTable.Kept;
import tern.store.Database;
import tern.store.RepeatingTasks;

/// Takes what devices tell of their pushes, and keeps it a moment later, many at once. Whoever
/// tells learns nothing by how long that takes: it happens after the answer.
///
/// A phone may tell that a push has come before its service has told us that it took it: what is
/// about no push yet is looked at again for a while. A thread of its own does that; a crash loses
/// what waits.
public final class PushReports implements AutoCloseable {
  private static final Duration KEEP_EVERY = Duration.ofMillis(200);
  private static final Duration LOOK_AGAIN_EVERY = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  // Beyond this the device is told to try again, or what is early is dropped.
  private static final int MOST = 10_000;
  private static final int GROUP = 500;

  private final Database database;
  private final PushMetrics metrics;
  private final Clock clock;
  private final BlockingQueue<PushReport> told = new ArrayBlockingQueue<>(MOST);
  // About no push yet. The thread's own.
  private final List<PushReport> early = new ArrayList<>();
  private final RepeatingTasks tasks = new RepeatingTasks("push reports");

  /// Keeps them there.
  public PushReports(Database database, PushMetrics metrics, Clock clock) {
    this.database = database;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// Begins.
  public PushReports start() {
    tasks.every(KEEP_EVERY, this::keepTold);
    tasks.every(LOOK_AGAIN_EVERY, this::keepEarly);
    return this;
  }

  /// Takes it, whatever it is about; returns whether there was room. Never blocks.
  public boolean take(PushReport report) {
    return told.offer(report);
  }

  private void keepTold() {
    List<PushReport> group = new ArrayList<>();
    while (told.drainTo(group, GROUP) > 0) {
      keep(group);
      group.clear();
    }
  }

  private void keepEarly() {
    Instant oldest = clock.instant().minus(PATIENCE);
    List<PushReport> again = List.copyOf(early);
    early.clear();
    for (int from = 0; from < again.size(); from += GROUP) {
      keep(
          again.subList(from, Math.min(from + GROUP, again.size())).stream()
              .filter(it -> it.at().isAfter(oldest))
              .toList());
    }
  }

  private void keep(List<PushReport> group) {
    Set<PushReport> left = new LinkedHashSet<>(group);
    try {
      for (Kept kept : kept(group)) {
        left.remove(kept.report());
        if (kept.isFirst() && kept.kind() != 0) {
          metrics.reported(kept.kind(), kept.report().event());
        }
      }
    } finally {
      // Also where the store is away.
      left.stream().limit(MOST - early.size()).forEach(early::add);
    }
  }

  private List<Kept> kept(List<PushReport> group) {
    Instant now = clock.instant();
    return group.isEmpty()
        ? List.of()
        : database.transaction(connection -> ReportTable.keep(connection, group, now));
  }

  /// Keeps what has been told, once more.
  @Override
  public void close() {
    tasks.endWith(this::keepTold);
  }
}
