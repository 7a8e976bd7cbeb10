// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// What a user has arranged for themselves of one conversation, as their list shows it: where it
/// stands (1 the main list, 2 the archive, 3 nowhere, 0 for a conversation that was left), since
/// when on top in milliseconds since 1970 (0: it is not), what they began to write, the first
/// sequence that they may see, until when they want no push (likewise), and whether they block the
/// one other.
public record Shelf(
    int place,
    long pinnedAtMs,
    String draft,
    long visibleFrom,
    long quietUntilMs,
    boolean peerBlocked) {
  /// In the main list.
  public static final int MAIN = 1;

  /// In the archive.
  public static final int ARCHIVED = 2;

  /// In no list.
  public static final int HIDDEN = 3;

  /// Where nobody is kept quiet or blocked.
  public Shelf(int place, long pinnedAtMs, String draft, long visibleFrom) {
    this(place, pinnedAtMs, draft, visibleFrom, 0, false);
  }

  /// As it is before anything is arranged.
  public static Shelf fresh(long visibleFrom) {
    return new Shelf(MAIN, 0, "", visibleFrom);
  }
}
