// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tern.loadtest.client.Await;

/// The processes of the PostgreSQL that a node keeps in its data folder: the postmaster, whose id
/// is the first line of its pid file, and its children.
public record PostgresProcesses(Path dataDir) {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  /// Postmaster first; empty when none runs.
  public List<Long> pids() {
    Path file = dataDir.resolve("postgres").resolve("postmaster.pid");
    List<Long> pids = new ArrayList<>();
    try {
      long postmaster = Long.parseLong(Files.readAllLines(file).getFirst().trim());
      if (ProcessHandle.of(postmaster).isPresent()) {
        pids.add(postmaster);
        pids.addAll(SystemFiles.children(postmaster));
      }
    } catch (IOException | NumberFormatException _) {
      // Not started, or stopped since.
    }
    return pids;
  }

  /// CPU seconds of all of them since the postmaster began.
  public double cpuSeconds() {
    double seconds = 0;
    for (long pid : pids()) {
      seconds += SystemFiles.cpuSeconds(pid);
    }
    return seconds;
  }

  /// Ends all of them with -9, the postmaster first, so that it starts no new ones; returns when
  /// none runs any more.
  public void kill() {
    List<Long> pids = pids();
    for (long pid : pids) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    while (pids.stream().anyMatch(SystemFiles::isRunning)) {
      Await.passing(LOOK_AGAIN);
    }
  }
}
