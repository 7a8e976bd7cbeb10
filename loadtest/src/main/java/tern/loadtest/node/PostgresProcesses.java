// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The processes of the PostgreSQL that a node keeps in its data folder: the postmaster, whose id
/// is the first line of its pid file, and its children.
public record PostgresProcesses(Path dataDir) {
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

  /// Ends all of them with -9, the postmaster first, so that it starts no new ones.
  public void kill() {
    for (long pid : pids()) {
      Optional<ProcessHandle> process = ProcessHandle.of(pid);
      process.ifPresent(ProcessHandle::destroyForcibly);
      process.ifPresent(ended -> ended.onExit().join());
    }
  }
}
