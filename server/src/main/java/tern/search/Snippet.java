// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import java.util.List;

/// The part of a text in which something was found.
///
/// @param text at most 160 UTF-16 code units
/// @param highlights in it, ascending, not overlapping, at most 20
public record Snippet(String text, List<Range> highlights) {
  private static final int LONGEST = 160;
  private static final int BEFORE = 40;
  private static final int MOST_HIGHLIGHTS = 20;

  /// Keeps its own copy.
  public Snippet {
    highlights = List.copyOf(highlights);
  }

  /// A part of a text, in UTF-16 code units.
  public record Range(int start, int length) {
    int end() {
      return start + length;
    }
  }

  /// Cuts so much around the first of the places, which lie in the text, ascending.
  static Snippet around(String text, List<Range> found) {
    int first = found.isEmpty() ? 0 : found.getFirst().start();
    int from = first + LONGEST / 2 <= LONGEST ? 0 : edge(text, first - BEFORE);
    int to = edge(text, Math.min(text.length(), from + LONGEST));
    return new Snippet(
        text.substring(from, to),
        found.stream()
            .filter(it -> it.start() < to)
            .limit(MOST_HIGHLIGHTS)
            .map(it -> new Range(it.start() - from, Math.min(it.end(), to) - it.start()))
            .toList());
  }

  // Never between the halves of a character.
  private static int edge(String text, int at) {
    boolean isBetween = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
    return isBetween ? at - 1 : at;
  }
}
