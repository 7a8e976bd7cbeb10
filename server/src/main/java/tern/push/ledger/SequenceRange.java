// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import java.util.ArrayList;
import java.util.List;

/// Sequences side by side.
///
/// @param first from 1
/// @param last not before the first
public record SequenceRange(long first, long last) {
  /// Refuses an empty one.
  public SequenceRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "range: " + first + " to " + last + " (expected: 1 or more, in order)");
    }
  }

  /// From the first to the last of these, which ascend; not empty.
  public static SequenceRange across(List<Long> ascending) {
    return new SequenceRange(ascending.getFirst(), ascending.getLast());
  }

  /// The smallest that holds both, and whatever lies between them.
  public SequenceRange joined(SequenceRange other) {
    return new SequenceRange(Math.min(first, other.first), Math.max(last, other.last));
  }

  /// Whether the sequence lies in it.
  public boolean has(long sequence) {
    return first <= sequence && sequence <= last;
  }

  /// The fewest ranges that hold these sequences, which ascend.
  public static List<SequenceRange> of(List<Long> ascending) {
    List<SequenceRange> ranges = new ArrayList<>();
    for (long sequence : ascending) {
      if (!ranges.isEmpty() && ranges.getLast().last() == sequence - 1) {
        ranges.set(ranges.size() - 1, new SequenceRange(ranges.getLast().first(), sequence));
      } else {
        ranges.add(new SequenceRange(sequence, sequence));
      }
    }
    return ranges;
  }
}
