// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

/// A user's membership from one joining to the next leaving, in revisions; `left` is
/// [Long#MAX_VALUE] while it lasts.
record Stay(long joined, long visibleFrom, long left) {
  /// What stands for a membership where somebody watches an OPEN conversation: all of it is shown.
  static final Stay WATCHING = new Stay(0, 1, Long.MAX_VALUE);

  boolean covers(long revision) {
    return joined <= revision && revision < left;
  }

  /// The same with another first visible message.
  Stay from(long sequence) {
    return new Stay(joined, sequence, left);
  }

  boolean lasts() {
    return left == Long.MAX_VALUE;
  }
}
