// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// What the members of a conversation arranged for themselves, as the store itself noted each state
/// of it, in order. Times are nanoseconds since the run began.
public record Personal(List<Place> places, List<Draft> drafts) {
  /// Of a conversation that the store does not hold.
  public static final Personal NONE = new Personal(List.of(), List.of());

  /// Where a user put it in the membership that began at `joined`: slot 0 main, 1 archive, 2
  /// archive and 3 nowhere until the countable messages are more than `countable`.
  public record Place(
      String user,
      long joined,
      int slot,
      long countable,
      long pinnedAtMs,
      long visibleFrom,
      long quietUntilMs,
      long at) {
    /// Where nothing is kept quiet.
    public Place(
        String user,
        long joined,
        int slot,
        long countable,
        long pinnedAtMs,
        long visibleFrom,
        long at) {
      this(user, joined, slot, countable, pinnedAtMs, visibleFrom, 0, at);
    }

    /// The same with another end of the quiet.
    public Place withQuiet(long untilMs) {
      return new Place(user, joined, slot, countable, pinnedAtMs, visibleFrom, untilMs, at);
    }

    /// Whether both are the same state.
    public boolean sameAs(Place other) {
      return slot == other.slot
          && countable == other.countable
          && pinnedAtMs == other.pinnedAtMs
          && visibleFrom == other.visibleFrom
          && quietUntilMs == other.quietUntilMs;
    }
  }

  /// What a user began to write; empty when it was taken away.
  public record Draft(String user, String text, long at) {}
}
