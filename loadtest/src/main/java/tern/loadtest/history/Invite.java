// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// One state of an invitation, as the store itself noted it when `revision` was the conversation's
/// newest: who made it, when it ends in milliseconds since 1970, how many may join with it (0: any
/// number) and have, and whether it stands. `at` is in nanoseconds since the run began.
public record Invite(
    String id,
    String tokenHash,
    String by,
    long expiresAtMs,
    int maxUses,
    int uses,
    boolean stands,
    long revision,
    long at) {
  /// Whether somebody more may join with it at a time in milliseconds since 1970.
  public boolean isGoodAt(long ms) {
    return stands && expiresAtMs > ms && (maxUses == 0 || uses < maxUses);
  }
}
