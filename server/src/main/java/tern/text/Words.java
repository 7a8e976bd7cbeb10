// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/// Cuts texts of any language into words, without a dictionary: letters and digits by what stands
/// between them; Chinese, Japanese, Korean, Thai and their like, whose words no space parts, into
/// overlapping pairs; each emoji by itself.
public final class Words {
  private static final int LONGEST = 64;
  private static final String ARTICLE = "\u0627\u0644";
  private static final int SHORTEST_WITHOUT_ARTICLE = 3;

  private final FoldedText folded;
  private final String text;
  private final List<Word> found = new ArrayList<>();

  private enum Sort {
    LETTER,
    DENSE,
    SYMBOL,
    OTHER
  }

  private Words(FoldedText folded) {
    this.folded = folded;
    this.text = folded.text();
  }

  /// All words of a text, in their order.
  public static List<Word> of(String text) {
    return of(FoldedText.of(text));
  }

  /// All words of a folded text, in their order; places are those of the original.
  public static List<Word> of(FoldedText folded) {
    return new Words(folded).cut();
  }

  private List<Word> cut() {
    for (int at = 0; at < text.length(); ) {
      Sort sort = sort(text.codePointAt(at));
      int end = sort == Sort.SYMBOL ? endOfSymbol(at) : endOfRun(at, sort);
      switch (sort) {
        case LETTER -> addLetters(at, end);
        case DENSE -> addPairs(at, end);
        case SYMBOL -> add(Word.Kind.SYMBOL, at, end);
        case OTHER -> {}
      }
      at = end;
    }
    return found;
  }

  private static Sort sort(int codePoint) {
    if (codePoint < 0x80) {
      return Character.isLetterOrDigit(codePoint) ? Sort.LETTER : Sort.OTHER;
    }
    if (Character.isExtendedPictographic(codePoint) || isFlagLetter(codePoint)) {
      return Sort.SYMBOL;
    }
    if (!Character.isLetterOrDigit(codePoint) && !isSign(codePoint)) {
      return Sort.OTHER;
    }
    return switch (UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, BOPOMOFO, HANGUL, THAI, LAO, KHMER, MYANMAR -> Sort.DENSE;
      // Such as the long vowel of katakana, which several scripts share.
      case COMMON ->
          Character.isIdeographic(codePoint) || isKana(codePoint) ? Sort.DENSE : Sort.LETTER;
      default -> Sort.LETTER;
    };
  }

  private static boolean isKana(int codePoint) {
    return codePoint >= 0x3031 && codePoint <= 0x30FC;
  }

  private static boolean isFlagLetter(int codePoint) {
    return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
  }

  private static boolean isSign(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private int endOfRun(int start, Sort sort) {
    int end = start;
    while (end < text.length() && sort(text.codePointAt(end)) == sort) {
      end = after(end);
    }
    return end;
  }

  // Two letters make a flag.
  private int endOfSymbol(int start) {
    int end = after(start);
    boolean isFlag =
        isFlagLetter(text.codePointAt(start))
            && end < text.length()
            && isFlagLetter(text.codePointAt(end));
    return isFlag ? after(end) : end;
  }

  private int after(int at) {
    return at + Character.charCount(text.codePointAt(at));
  }

  private void addLetters(int start, int end) {
    for (int at = start; at < end; ) {
      int cut = Math.min(end, at + LONGEST);
      if (cut < end && Character.isLowSurrogate(text.charAt(cut))) {
        cut--;
      }
      add(Word.Kind.LETTERS, at, cut);
      at = cut;
    }
    boolean hasArticle =
        text.startsWith(ARTICLE, start)
            && end - start >= ARTICLE.length() + SHORTEST_WITHOUT_ARTICLE
            && end - start <= LONGEST;
    if (hasArticle) {
      String rest = text.substring(start + ARTICLE.length(), end);
      found.add(
          new Word(rest, Word.Kind.WITHOUT_ARTICLE, folded.start(start), folded.end(end - 1)));
    }
  }

  private void addPairs(int start, int end) {
    for (int at = start; at < end; at = after(at)) {
      int second = after(at);
      if (second < end) {
        add(Word.Kind.PAIR, at, after(second));
      } else {
        add(Word.Kind.LAST, at, end);
      }
    }
  }

  private void add(Word.Kind kind, int start, int end) {
    found.add(new Word(text.substring(start, end), kind, folded.start(start), folded.end(end - 1)));
  }
}
