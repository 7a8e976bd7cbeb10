// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL that outlived its Tern (kill -9). Adopting it would leave statements of the dead
/// node running and its settings in force; so it is stopped, and a new one started.
final class Orphan {
  private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private Orphan() {}

  /// Stops the server that runs in `folder`, if any. The caller holds the folder's lock.
  static void stop(Path folder) throws IOException {
    Optional<ProcessHandle> found = find(folder);
    if (found.isEmpty()) {
      return;
    }
    ProcessHandle process = found.get();
    LOG.atWarn()
        .addKeyValue("pid", process.pid())
        .log("stopping a PostgreSQL that was left behind");
    // SIGINT: "fast", breaks off what runs; SIGQUIT: "immediate", as after a crash.
    for (String signal : List.of("-INT", "-QUIT", "-KILL")) {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
      if (hasEnded(process)) {
        return;
      }
    }
    throw new IllegalStateException(
        "process "
            + process.pid()
            + " holds "
            + folder
            + " and does not end (expected: stop it by hand)");
  }

  private static Optional<ProcessHandle> find(Path folder) throws IOException {
    Path pidFile = folder.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    // The number may have gone to another program since: only a postgres is ours.
    return lines.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
            .filter(ProcessHandle::isAlive)
            .filter(process -> process.info().command().orElse("").contains("postgres"));
  }

  private static boolean hasEnded(ProcessHandle process) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return !process.isAlive();
  }
}
