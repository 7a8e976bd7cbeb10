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
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL that outlived its Tern (kill -9). Adopting it would leave statements of the dead
/// node running and its settings in force; so it is stopped, and a new one started.
final class Orphan {
  private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);

  private static final Path PROCESSES = Path.of("/proc");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private Orphan() {}

  /// Stops the server that runs in `folder`, if any, and what is left of one that was killed. The
  /// caller holds the folder's lock.
  static void stop(Path folder) throws IOException {
    Optional<ProcessHandle> postmaster = find(folder);
    if (postmaster.isPresent()) {
      stop(postmaster.get(), folder);
    }
    stopChildren(folder);
    if (Files.isDirectory(PROCESSES)) {
      // No process is left, whatever now has the number in it; PostgreSQL would ask only for that.
      Files.deleteIfExists(pidFile(folder));
    }
  }

  private static void stop(ProcessHandle postmaster, Path folder) throws IOException {
    LOG.atWarn()
        .addKeyValue("pid", postmaster.pid())
        .log("stopping a PostgreSQL that was left behind");
    BooleanSupplier hasEnded = () -> !isPostgres(postmaster) || !Files.exists(pidFile(folder));
    // SIGINT: "fast", breaks off what runs; SIGQUIT: "immediate", as after a crash.
    for (String signal : List.of("-INT", "-QUIT", "-KILL")) {
      new ProcessBuilder("kill", signal, Long.toString(postmaster.pid())).start();
      if (isSoon(hasEnded)) {
        return;
      }
    }
    throw new IllegalStateException(
        "process "
            + postmaster.pid()
            + " holds "
            + folder
            + " and does not end (expected: stop it by hand)");
  }

  // A statement may outlive a killed postmaster, and no new one starts beside it.
  private static void stopChildren(Path folder) {
    List<ProcessHandle> children = workingIn(folder);
    children.forEach(ProcessHandle::destroyForcibly);
    if (!isSoon(() -> workingIn(folder).isEmpty())) {
      throw new IllegalStateException(
          "processes "
              + children.stream().map(ProcessHandle::pid).toList()
              + " work in "
              + folder
              + " and do not end (expected: stop them by hand)");
    }
  }

  /// The server that runs in `folder`.
  static Optional<ProcessHandle> find(Path folder) throws IOException {
    Path pidFile = pidFile(folder);
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    // The number may have gone to another program since: only a postgres is ours.
    return lines.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
            .filter(Orphan::isPostgres)
            .filter(process -> !Files.isDirectory(PROCESSES) || worksIn(process, folder));
  }

  // Each process of a PostgreSQL works in its data folder. Empty where there is no /proc.
  private static List<ProcessHandle> workingIn(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> worksIn(process, folder))
        .filter(Orphan::isPostgres)
        .toList();
  }

  /// Whether this is a PostgreSQL that runs. One that has ended but that nobody has reaped is alive
  /// to Java, and has no command.
  static boolean isPostgres(ProcessHandle process) {
    return process.isAlive() && process.info().command().orElse("").endsWith("/postgres");
  }

  private static boolean worksIn(ProcessHandle process, Path folder) {
    try {
      return Files.isSameFile(PROCESSES.resolve(process.pid() + "/cwd"), folder);
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean isSoon(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return true;
  }

  private static Path pidFile(Path folder) {
    return folder.resolve("postmaster.pid");
  }
}
