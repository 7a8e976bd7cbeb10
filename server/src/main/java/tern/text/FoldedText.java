// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.Locale;

/// A text without what people pass over when they compare: case (all four Turkish i are one),
/// accents, Arabic and Hebrew vowel signs, the forms of alef, hamza and ta marbuta, full and half
/// width, skin tones, and characters that nobody sees. Knows where in the original each of its
/// characters stands. Immutable.
public final class FoldedText {
  // Marks on one letter beyond this are letters of their own: folding stays linear.
  private static final int LONGEST_UNIT = 32;

  private final String text;
  private final int[] starts;
  private final int[] ends;

  private FoldedText(String text, int[] starts, int[] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  /// Folds any text; takes time in proportion to its length.
  public static FoldedText of(String original) {
    Folding folding = new Folding(original.length());
    for (int at = 0; at < original.length(); ) {
      int end = endOfUnit(original, at);
      folding.add(fold(original.substring(at, end)), at, end);
      at = end;
    }
    return folding.done();
  }

  // Collects what is folded so far.
  private static final class Folding {
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    Folding(int length) {
      text = new StringBuilder(length);
      starts = new int[length];
      ends = new int[length];
    }

    void add(String folded, int start, int end) {
      int from = text.length();
      if (folded.isEmpty()) {
        // Unseen, it belongs to what stands before it.
        if (from > 0 && ends[from - 1] == start) {
          ends[from - 1] = end;
        }
        return;
      }
      text.append(folded);
      if (text.length() > starts.length) {
        starts = Arrays.copyOf(starts, text.length() * 2);
        ends = Arrays.copyOf(ends, text.length() * 2);
      }
      Arrays.fill(starts, from, text.length(), start);
      Arrays.fill(ends, from, text.length(), end);
    }

    FoldedText done() {
      return new FoldedText(text.toString(), starts, ends);
    }
  }

  // A character and the marks that follow it.
  private static int endOfUnit(String text, int start) {
    int end = start + Character.charCount(text.codePointAt(start));
    while (end < text.length() && end - start < LONGEST_UNIT) {
      int next = text.codePointAt(end);
      if (!isMark(next)) {
        break;
      }
      end += Character.charCount(next);
    }
    return end;
  }

  private static boolean isMark(int codePoint) {
    if (codePoint < 0x300) {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      // The half-width signs of voiced Japanese syllables.
      default -> codePoint == 0xFF9E || codePoint == 0xFF9F;
    };
  }

  private static String fold(String unit) {
    if (unit.length() == 1 && unit.charAt(0) < 0x80) {
      return String.valueOf(Character.toLowerCase(unit.charAt(0)));
    }
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(unit, Form.NFKD)
        .codePoints()
        .filter(it -> !isPassedOver(it))
        .forEach(it -> kept.append(letter(it)));
    // By way of the upper case, for some letters share one: dotless i and i, the two sigmas.
    String lower = kept.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(lower, Form.NFKC);
  }

  // Vowel signs of Indic scripts and the like are letters to their readers, and stay.
  private static boolean isPassedOver(int it) {
    boolean isAccent = (it >= 0x300 && it <= 0x36F) || (it >= 0x483 && it <= 0x487) || it == 0x20E3;
    boolean isMark = Character.getType(it) == Character.NON_SPACING_MARK;
    boolean isHebrew = isMark && it >= 0x591 && it <= 0x5C7;
    boolean isArabic =
        (it >= 0x610 && it <= 0x61A)
            || it == 0x640
            || (it >= 0x64B && it <= 0x65F)
            || it == 0x670
            || (isMark && it >= 0x6D6 && it <= 0x6ED);
    boolean isUnseen =
        Character.getType(it) == Character.FORMAT
            || (it >= 0xFE00 && it <= 0xFE0F)
            || (it >= 0x1F3FB && it <= 0x1F3FF)
            || (it >= 0xE0100 && it <= 0xE01EF);
    return isAccent || isHebrew || isArabic || isUnseen;
  }

  // Letters that no decomposition takes apart, and those that are one to readers.
  private static String letter(int it) {
    return switch (it) {
      case 'ø', 'Ø' -> "o";
      case 'đ', 'Đ', 'ð', 'Ð' -> "d";
      case 'ł', 'Ł' -> "l";
      case 'ħ', 'Ħ' -> "h";
      case 'æ', 'Æ' -> "ae";
      case 'œ', 'Œ' -> "oe";
      case 'þ', 'Þ' -> "th";
      // Hamza alone; alef wasla; ta marbuta and Urdu's heh; alef maqsura and Persian's yeh; kaf.
      case 0x621 -> "";
      case 0x671 -> "\u0627";
      case 0x629, 0x6C1, 0x6C3, 0x6D5 -> "\u0647";
      case 0x649, 0x6CC -> "\u064A";
      case 0x6A9 -> "\u0643";
      default ->
          Character.getType(it) == Character.DECIMAL_DIGIT_NUMBER
              ? Integer.toString(Character.digit(it, 10))
              : Character.toString(it);
    };
  }

  /// The folded text.
  public String text() {
    return text;
  }

  /// Where in the original the character at `index` begins; in UTF-16 code units.
  public int start(int index) {
    return starts[index];
  }

  /// Where in the original the character at `index` ends, with the marks upon it.
  public int end(int index) {
    return ends[index];
  }
}
