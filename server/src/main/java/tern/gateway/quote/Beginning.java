// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.quote;

import java.text.BreakIterator;
import java.util.Locale;

/// How a text begins.
final class Beginning {
  /// Characters at most.
  static final int MAX_CHARACTERS = 200;

  private Beginning() {}

  /// At most 200 characters (code points) of it, ending where one ends that a reader takes for one,
  /// such as a flag or a letter with its accents. Only a single one that is longer is cut within.
  static String of(String text) {
    if (text.codePointCount(0, text.length()) <= MAX_CHARACTERS) {
      return text;
    }
    int end = text.offsetByCodePoints(0, MAX_CHARACTERS);
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    // One character more tells whether the last one ends there; no more is looked at.
    characters.setText(text.substring(0, text.offsetByCodePoints(end, 1)));
    if (characters.isBoundary(end)) {
      return text.substring(0, end);
    }
    int whole = characters.preceding(end);
    return text.substring(0, whole > 0 ? whole : end);
  }
}
