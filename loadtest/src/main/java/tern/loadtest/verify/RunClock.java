// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

/// Nanoseconds since the run began, the same for all clients: what one saw before another can be
/// compared.
final class RunClock {
  private final long startMs = System.currentTimeMillis();
  private final long start = System.nanoTime();

  long now() {
    return System.nanoTime() - start;
  }

  /// When the run began, in milliseconds since 1970.
  long startMs() {
    return startMs;
  }
}
