// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// One life of the server: when it was ready, when it was killed (or ended, or the run did), what
/// PostgreSQL said of its durability, and its groups beside PostgreSQL's fsyncs, sampled.
public record Life(
    long readyAt,
    long endedAt,
    boolean killed,
    String fsync,
    String synchronousCommit,
    String fullPageWrites,
    int writers,
    List<Sample> samples) {

  /// Groups committed by the server, and fsyncs of the write-ahead log by PostgreSQL's own count.
  public record Sample(long at, long groups, long fsyncs) {}
}
