// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.speed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tern.loadtest.client.Await;
import tern.loadtest.client.Sockets;
import tern.loadtest.node.Metrics;
import tern.loadtest.node.Node;
import tern.loadtest.node.OwnNode;
import tern.loadtest.node.SystemFiles;
import tern.loadtest.report.Report;
import tern.loadtest.target.Target;

/// What one more idle connection costs the server in memory: resident, and live heap after a
/// collection; PostgreSQL is not counted. Only of a node of our own.
final class IdleConnections {
  private static final int BEFORE = 200;
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private final Sockets sockets;
  private final Target target;
  private final Figures figures;

  IdleConnections(Sockets sockets, Target target, Figures figures) {
    this.sockets = sockets;
    this.target = target;
    this.figures = figures;
  }

  /// Connects `count` devices, which stay, and tells the cost of each.
  void measure(int count, Report report) {
    OwnNode own =
        target
            .own()
            .orElseThrow(
                () -> new IllegalArgumentException("--idle can't look into the server of --url"));
    // What the first ones cost is code that runs for the first time.
    connect("before", BEFORE);
    Memory before = Memory.of(own.node());
    connect("idle", count);
    Memory after = Memory.of(own.node());
    report
        .add("idle_connections", "idle connections", count)
        .add(
            "bytes_per_connection.user",
            "resident bytes per idle connection",
            (after.resident - before.resident) / count)
        .add(
            "bytes_per_connection.heap",
            "live heap per idle connection",
            (after.heap - before.heap) / count);
  }

  private void connect(String name, int count) {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      users.add(name + i);
    }
    new Audience(sockets, target, users, figures, 0).connect();
    Await.passing(SETTLE);
  }

  private record Memory(long resident, long heap) {
    static Memory of(Node node) {
      collect(node);
      long heap =
          (long)
              Metrics.read(node.address())
                  .map(metrics -> metrics.value("jvm_memory_used_bytes.heap"))
                  .orElse(0.0)
                  .doubleValue();
      return new Memory(SystemFiles.residentBytes(node.pid()), heap);
    }

    private static void collect(Node node) {
      Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
      try {
        new ProcessBuilder(jcmd.toString(), Long.toString(node.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .onExit()
            .join();
      } catch (IOException e) {
        throw new IllegalStateException("can't ask for a collection with " + jcmd, e);
      }
    }
  }
}
