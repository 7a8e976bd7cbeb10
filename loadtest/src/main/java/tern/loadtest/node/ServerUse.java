// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.node;

import tern.loadtest.report.Report;

/// CPU seconds that a node and its PostgreSQL have used so far.
public record ServerUse(double node, double postgres) {
  private static final double MICROS = 1e6;

  /// What it is now.
  public static ServerUse of(Node node) {
    return new ServerUse(SystemFiles.cpuSeconds(node.pid()), node.postgres().cpuSeconds());
  }

  /// What has been used since `before`.
  public ServerUse since(ServerUse before) {
    return new ServerUse(node - before.node, postgres - before.postgres);
  }

  /// Tells what each of `count` things cost.
  public void tell(Report report, String thing, long count) {
    double each = MICROS / Math.max(1, count);
    report
        .add("cpu_us_per_" + thing, "server CPU per " + thing, (node + postgres) * each, "us")
        .add("cpu_us_per_" + thing + "_node", "  of that the node", node * each, "us")
        .add("cpu_us_per_" + thing + "_postgres", "  of that PostgreSQL", postgres * each, "us");
  }
}
