// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.time.Duration;

/// How messages are stored.
///
/// @param lanes threads that write, each with a connection of its own, 1 to 16; 0: one for every
///     two cores
/// @param groupSize messages in one transaction at most, 1 to 1,000; beyond 128 only the latency
///     grows
/// @param queue messages that may wait in a lane, 100 to 1,000,000; when it is full a send is
///     refused as UNAVAILABLE
/// @param deadline how long a send waits for the store before it is refused as UNAVAILABLE
public record IntakeConfig(int lanes, int groupSize, int queue, Duration deadline) {
  /// Refuses nonsense.
  public IntakeConfig {
    if (lanes < 0 || lanes > 16) {
      throw new IllegalArgumentException("intake.lanes: " + lanes + " (expected: 0 to 16)");
    }
    if (groupSize < 1 || groupSize > 1_000) {
      throw new IllegalArgumentException(
          "intake.group_size: " + groupSize + " (expected: 1 to 1000)");
    }
    if (queue < 100 || queue > 1_000_000) {
      throw new IllegalArgumentException("intake.queue: " + queue + " (expected: 100 to 1000000)");
    }
    if (deadline.toMillis() < 100 || deadline.toMillis() > 60_000) {
      throw new IllegalArgumentException(
          "intake.deadline: " + deadline.toMillis() + "ms (expected: 100ms to 60s)");
    }
  }

  /// How many lanes to open.
  int laneCount() {
    return lanes > 0 ? lanes : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }
}
