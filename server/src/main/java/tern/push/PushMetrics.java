// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.time.Duration;
import tern.push.reporting.PushReport;

/// What happens to pushes, for whoever counts it.
public interface PushMetrics {
  /// Counts nothing.
  PushMetrics NONE =
      new PushMetrics() {
        @Override
        public void ended(int kind, PushOutcome outcome, Duration sinceCommit) {}

        @Override
        public void reported(int kind, PushReport.Event event) {}
      };

  /// A push service has answered.
  ///
  /// @param kind of the registration, see [tern.device.PushRegistration#kind]
  /// @param sinceCommit of the newest message that it is about
  void ended(int kind, PushOutcome outcome, Duration sinceCommit);

  /// A device has told, for the first time, what became of a push.
  ///
  /// @param kind as above
  void reported(int kind, PushReport.Event event);
}
