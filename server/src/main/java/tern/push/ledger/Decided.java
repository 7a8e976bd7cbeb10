// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

/// What became of messages on a device, to be kept.
///
/// @param outcome see V023, push_decision
/// @param reason the push service's word; empty: none
public record Decided(PushPlace place, SequenceRange range, int outcome, String reason) {}
