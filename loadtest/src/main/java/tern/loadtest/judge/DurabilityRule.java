// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.List;
import tern.loadtest.history.History;
import tern.loadtest.history.Life;

/// Between faults the server commits no more groups than its writers and PostgreSQL's own count of
/// fsyncs can explain, and at every start PostgreSQL says that it does not cheat.
final class DurabilityRule implements Rule {
  // A backend tells its statistics at most once a second.
  private static final long STATISTICS_LAG = 1_500_000_000L;

  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (Life life : history.lives()) {
      findings.check(
          Invariant.UNSYNCED,
          life.fsync().equals("on")
              && !life.synchronousCommit().equals("off")
              && life.fullPageWrites().equals("on"),
          "a start with fsync %s, synchronous_commit %s, full_page_writes %s",
          life.fsync(),
          life.synchronousCommit(),
          life.fullPageWrites());
      checkGroups(life, findings);
    }
  }

  private static void checkGroups(Life life, Findings findings) {
    List<Life.Sample> samples = life.samples();
    if (samples.size() < 2) {
      return;
    }
    Life.Sample first = samples.getFirst();
    Life.Sample last = samples.getLast();
    for (int i = samples.size() - 1; i > 0; i--) {
      Life.Sample settled = samples.get(i);
      if (settled.at() <= last.at() - STATISTICS_LAG) {
        long groups = settled.groups() - first.groups();
        long fsyncs = last.fsyncs() - first.fsyncs();
        findings.check(
            Invariant.UNSYNCED,
            groups <= life.writers() * fsyncs,
            "%s groups committed with %s writers and %s fsyncs",
            groups,
            life.writers(),
            fsyncs);
        return;
      }
    }
  }
}
