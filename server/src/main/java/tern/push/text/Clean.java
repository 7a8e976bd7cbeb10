// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

import java.text.Bidi;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names and texts of users, made fit for a line of a banner.
final class Clean {
  private static final char ELLIPSIS = '…';
  private static final char FIRST_STRONG_ISOLATE = '\u2068';
  private static final char POP_ISOLATE = '\u2069';
  private static final char REPLACEMENT = '\uFFFD';

  // Could turn round what stands beside them, or end the isolate that they stand in.
  private static final Pattern TURNING = Pattern.compile("[\u202A-\u202E\u2066-\u2069]");
  private static final Pattern GAPS = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}\\p{Zs}]+");

  private Clean() {}

  /// The text on one line: gaps, line breaks and controls are one space each, none at the ends;
  /// halves of surrogate pairs and what could turn the text round are gone.
  ///
  /// @param max characters that are looked at; what follows is left out
  static String line(String text, int max) {
    String start = whole(cut(text, max));
    return GAPS.matcher(TURNING.matcher(start).replaceAll("")).replaceAll(" ").strip();
  }

  private static String whole(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point ->
                out.appendCodePoint(
                    point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? REPLACEMENT
                        : point));
    return out.toString();
  }

  /// At most `max` characters, the last a `…` where something is missing; cut where a reader sees
  /// one character end and another begin, unless one alone is too long.
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    // A reader's character may be as long as its writer likes; this one sees only what is needed.
    graphemes.setText(text.substring(0, max));
    int end = graphemes.preceding(max);
    if (end <= 0) {
      end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
    }
    return text.substring(0, end) + ELLIPSIS;
  }

  /// The name or text so that its direction, whichever it is, leaves that of what stands around it
  /// alone.
  ///
  /// @param isLeftToRight whether what stands around runs that way
  static String isolated(String text, boolean isLeftToRight) {
    char[] chars = text.toCharArray();
    boolean isPlain = isLeftToRight && !Bidi.requiresBidi(chars, 0, chars.length);
    return isPlain ? text : FIRST_STRONG_ISOLATE + text + POP_ISOLATE;
  }
}
