// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// A membership, as somebody was shown it or as the store keeps it. `mutedUntilMs` is in
/// milliseconds since 1970, 0 for never.
public record MemberSeen(
    String user, int role, long revision, boolean removed, long visibleFrom, long mutedUntilMs) {
  /// A member with a voice, or a former one.
  public MemberSeen(String user, int role, long revision, boolean removed, long visibleFrom) {
    this(user, role, revision, removed, visibleFrom, 0);
  }
}
