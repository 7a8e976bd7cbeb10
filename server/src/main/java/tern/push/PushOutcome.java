// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a push service said. Only [Failed] is tried again; only [TokenGone] removes a registration.
public sealed interface PushOutcome {
  /// The service has it; whether it ever arrives is between the service and the phone.
  record Accepted() implements PushOutcome {}

  /// The registration is dead.
  ///
  /// @param since when the service learnt of it: a registration told later is another; where the
  ///     service does not say, when the push was sent
  record TokenGone(Instant since) implements PushOutcome {}

  /// It will never take this push.
  ///
  /// @param reason the service's own word for it, such as `BadTopic`; holds nothing of the push
  record Refused(String reason) implements PushOutcome {}

  /// It could not take it now.
  ///
  /// @param cause for the log and the record; holds nothing of the push
  /// @param retryAfter when the service says so: not before that
  record Failed(String cause, Optional<Duration> retryAfter) implements PushOutcome {}
}
