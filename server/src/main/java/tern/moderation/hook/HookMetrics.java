// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.hook;

import java.time.Duration;

/// What the hook tells of itself.
public interface HookMetrics {
  /// How asking ended.
  enum Ending {
    /// It may be sent.
    ALLOWED,
    /// It may not.
    REFUSED,
    /// Something else is sent.
    REWRITTEN,
    /// It may not, for what was to be sent in its place is no content, or beyond the limits.
    UNFIT,
    /// No whole answer came in time.
    TIMED_OUT,
    /// Another status than 200, no such answer, or no connection.
    FAILED,
    /// It was not asked, for it had failed too often just before.
    SKIPPED
  }

  /// A message was asked about: alert when most do not end with an answer.
  void asked(Ending ending, Duration took);
}
