// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.history;

/// Why a client must start anew in a conversation.
public enum ResetReason {
  /// It has no position.
  NO_POSITION,
  /// Its position is of another life of the store.
  EPOCH,
  /// Its position is beyond the newest change.
  BEYOND_HEAD,
  /// What lies behind its position is no longer kept.
  BEFORE_FIRST,
  /// The user left and came back since.
  REJOINED,
  /// There is too much between.
  TOO_FAR_BEHIND
}
