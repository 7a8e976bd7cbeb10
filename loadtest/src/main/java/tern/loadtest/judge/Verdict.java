// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.List;

/// What the judge found: each invariant with how often it was checked and broken.
public record Verdict(List<Line> lines, Live live, Pushes pushes) {
  /// One invariant's outcome, with the first few violations in words.
  public record Line(Invariant invariant, long checked, long broken, List<String> samples) {}

  /// How many messages came live in time, of those that had to.
  public record Live(long came, long owed) {
    /// The share that came, 0 to 1; 1 when none had to.
    public double share() {
      return owed == 0 ? 1 : (double) came / owed;
    }
  }

  /// What came of pushes.
  ///
  /// @param banners that showed something
  /// @param clears that took something away
  /// @param repeated banners of what had been told, or acknowledged right before a kill
  /// @param inFlight banners that were on their way at the kills
  /// @param unkept what was acknowledged or read within the second before a kill
  /// @param hits kills at which banners were on their way
  public record Pushes(
      long banners, long clears, long repeated, long inFlight, long unkept, long hits) {}

  /// How often an invariant was broken.
  public long broken(Invariant invariant) {
    return line(invariant).broken();
  }

  /// One invariant's outcome.
  public Line line(Invariant invariant) {
    for (Line line : lines) {
      if (line.invariant() == invariant) {
        return line;
      }
    }
    throw new IllegalArgumentException("invariant: " + invariant + " (expected: one judged)");
  }

  /// Whether no invariant was broken.
  public boolean isClean() {
    return lines.stream().allMatch(line -> line.broken() == 0);
  }
}
