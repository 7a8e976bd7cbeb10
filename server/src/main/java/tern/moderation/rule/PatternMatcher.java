// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;

/// Finds what regular expressions describe, in the text without case and accents. RE2's engine
/// takes time in proportion to the text to find one place, whatever the expression; what would make
/// its program large is refused. An expression that looks far ahead for each of many places is
/// spared the rest of the text: all of that is met.
final class PatternMatcher implements Matcher {
  private static final int MAX_REPEATS = 1_000;
  private static final int MAX_PROGRAM = 5_000;
  // So often the engine may look at a text, on the whole, for all places of one expression.
  private static final int MAX_LOOKS = 32;
  private static final java.util.regex.Pattern REPEAT =
      java.util.regex.Pattern.compile("\\{(\\d+)(?:,(\\d*))?}");

  private final List<Pattern> patterns;

  /// Throws `IllegalArgumentException` for what is no expression, or too large a one.
  PatternMatcher(List<String> terms) {
    patterns = terms.stream().map(PatternMatcher::compile).toList();
  }

  private static Pattern compile(String term) {
    // Repeats within repeats multiply before the program's size can be known.
    long repeats =
        REPEAT
            .matcher(term)
            .results()
            .mapToLong(PatternMatcher::times)
            .reduce(1, (a, b) -> Math.min(MAX_REPEATS + 1L, a * b));
    if (repeats > MAX_REPEATS) {
      throw tooLarge();
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(term, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "terms: no expression, " + e.getDescription() + " (expected: RE2's form)", e);
    }
    if (pattern.programSize() > MAX_PROGRAM) {
      throw tooLarge();
    }
    return pattern;
  }

  private static long times(MatchResult repeat) {
    String least = repeat.group(1);
    String most = repeat.group(2) == null || repeat.group(2).isEmpty() ? least : repeat.group(2);
    return most.length() > 4 ? MAX_REPEATS + 1L : Math.max(1, Long.parseLong(most));
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException(
        "terms: an expression is too large (expected: at most "
            + MAX_REPEATS
            + " repeats, multiplied)");
  }

  @Override
  public List<Place> places(Read text) {
    List<Place> found = new ArrayList<>();
    patterns.forEach(it -> add(it, text, found));
    return found;
  }

  private static void add(Pattern pattern, Read text, List<Place> found) {
    String folded = text.folded().text();
    Watched watched = new Watched(folded);
    var matcher = pattern.matcher(watched);
    while (matcher.find()) {
      boolean isDear = watched.looks() > (long) MAX_LOOKS * folded.length();
      int end = isDear ? folded.length() : matcher.end();
      if (end > matcher.start()) {
        found.add(text.place(matcher.start(), end));
      }
      if (isDear) {
        return;
      }
    }
  }

  // Counts how often the engine looks at a character.
  private static final class Watched implements CharSequence {
    private final String text;
    private long looks;

    Watched(String text) {
      this.text = text;
    }

    long looks() {
      return looks;
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
