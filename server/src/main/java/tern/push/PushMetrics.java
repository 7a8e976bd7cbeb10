// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.time.Duration;

/// What happens to pushes, for whoever counts it.
public interface PushMetrics {
  /// Counts nothing.
  PushMetrics NONE =
      new PushMetrics() {
        @Override
        public void ended(int kind, PushOutcome outcome, Duration sinceCommit) {}
      };

  /// A push service has answered.
  ///
  /// @param kind of the registration, see [tern.device.PushRegistration#kind]
  /// @param sinceCommit of the newest message that it is about
  void ended(int kind, PushOutcome outcome, Duration sinceCommit);
}
