// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import java.util.List;
import tern.text.FoldedText;
import tern.text.Word;
import tern.text.Words;

/// Finds what one rule is about.
@FunctionalInterface
interface Matcher {
  /// All places in a text that it meets.
  List<Place> places(Read text);

  /// A text, and what rules want to know of it, made once for all of them.
  record Read(String text, FoldedText folded, List<Word> words) {
    static Read of(String text) {
      FoldedText folded = FoldedText.of(text);
      return new Read(text, folded, Words.of(folded));
    }

    /// The place in the original of a part of the folded text.
    Place place(int start, int end) {
      return new Place(folded.start(start), folded.end(end - 1));
    }
  }
}
