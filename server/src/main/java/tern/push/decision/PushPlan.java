// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

import java.time.Instant;

/// What is to become of one message on one device, as far as can be said now.
public sealed interface PushPlan {
  /// Push at once.
  record Now() implements PushPlan {}

  /// Decide again then: a push by that time, unless the device or its user shows before that it is
  /// not needed.
  ///
  /// @param at after the moment of the decision
  record At(Instant at) implements PushPlan {}

  /// Kept back because the user wants quiet: decide again then, and tell of all that waits in one
  /// push.
  ///
  /// @param until when the quiet hours end
  record Held(Instant until) implements PushPlan {}

  /// No push, now or later.
  record Never(Suppression because) implements PushPlan {}
}
