// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.intake;

import java.time.Duration;

/// What the intake tells of itself; called by the lanes.
public interface IntakeMetrics {
  /// A group was committed: so many messages were new, and it took so long.
  void committed(int messages, Duration took);
}
