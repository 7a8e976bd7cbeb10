// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.text;

/// Something in a text that can be looked for.
///
/// @param form folded, 1 to 64 UTF-16 code units
/// @param start in the original text, in UTF-16 code units
/// @param end behind its last one
public record Word(String form, Kind kind, int start, int end) {
  /// What it is.
  public enum Kind {
    /// Letters and digits between spaces or signs.
    LETTERS,
    /// The same without the Arabic article that it begins with; stands beside the whole word.
    WITHOUT_ARTICLE,
    /// Two neighbours in a script that puts no spaces between words.
    PAIR,
    /// The last one of such neighbours.
    LAST,
    /// An emoji, or a flag.
    SYMBOL
  }
}
