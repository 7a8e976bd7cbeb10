// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

/// What became of messages on a device, to be kept.
///
/// @param outcome see V023, push_decision
/// @param reason the push service's word; empty: none
/// @param isFirst nothing had been decided there before: it need not be looked for
public record Decided(
    PushPlace place, SequenceRange range, int outcome, String reason, boolean isFirst) {
  /// Where something may have been decided before.
  public Decided(PushPlace place, SequenceRange range, int outcome, String reason) {
    this(place, range, outcome, reason, false);
  }
}
