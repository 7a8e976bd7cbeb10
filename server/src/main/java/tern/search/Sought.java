// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tern.text.FoldedText;
import tern.text.Word;
import tern.text.Words;

/// The words that somebody looks for: a message must hold each of them. The last one may still be
/// in the making, unless a space follows it, so words that begin with it are found too.
public final class Sought {
  private static final int MAX_PIECES = 16;

  private final List<Piece> pieces;

  private enum Match {
    WHOLE,
    BEGINNING,
    // In a script without spaces: wherever it stands.
    ANYWHERE
  }

  private record Piece(String form, Match match) {}

  private Sought(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  /// Reads what somebody typed; throws `IllegalArgumentException` when there is no word in it, or
  /// more than 16.
  public static Sought parse(String typed) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    for (Word word : Words.of(typed)) {
      switch (word.kind()) {
        case LETTERS ->
            pieces.add(
                new Piece(
                    word.form(), word.end() == typed.length() ? Match.BEGINNING : Match.WHOLE));
        // It finds the words with the article, too.
        case WITHOUT_ARTICLE -> pieces.add(new Piece(word.form(), pieces.removeLast().match()));
        case SYMBOL -> pieces.add(new Piece(word.form(), Match.WHOLE));
        case PAIR -> run.appendCodePoint(word.form().codePointAt(0));
        case LAST -> {
          pieces.add(new Piece(run.append(word.form()).toString(), Match.ANYWHERE));
          run.setLength(0);
        }
      }
    }
    if (pieces.isEmpty() || pieces.size() > MAX_PIECES) {
      throw new IllegalArgumentException(
          "query: " + pieces.size() + " words (expected: 1 to " + MAX_PIECES + ")");
    }
    return new Sought(pieces);
  }

  /// As a tsquery, in which each word begins with ^.
  String tsquery() {
    return pieces.stream().flatMap(Sought::terms).distinct().collect(joining(" & "));
  }

  private static Stream<String> terms(Piece piece) {
    return switch (piece.match()) {
      case WHOLE -> Stream.of(term(piece.form()));
      case BEGINNING -> Stream.of(term(piece.form()) + ":*");
      // One character alone begins a pair, or is the last of its run.
      case ANYWHERE ->
          piece.form().codePointCount(0, piece.form().length()) == 1
              ? Stream.of(term(piece.form()) + ":*")
              : Words.of(piece.form()).stream()
                  .filter(it -> it.kind() == Word.Kind.PAIR)
                  .map(it -> term(it.form()));
    };
  }

  private static String term(String form) {
    return "'^" + form.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  // A text, folded and cut once.
  private record Part(String text, FoldedText folded, List<Word> words) {
    static Part of(String text) {
      FoldedText folded = FoldedText.of(text);
      return new Part(text, folded, Words.of(folded));
    }
  }

  /// Where it stands in these texts: the first part in which the most of it does; empty when some
  /// word is in none of them.
  Optional<Snippet> in(List<String> texts) {
    List<Part> parts = texts.stream().map(Part::of).toList();
    boolean isThere =
        pieces.stream()
            .allMatch(piece -> parts.stream().anyMatch(it -> !places(piece, it).isEmpty()));
    if (!isThere) {
      return Optional.empty();
    }
    Part best = parts.getFirst();
    for (Part part : parts) {
      if (count(part) > count(best)) {
        best = part;
      }
    }
    return Optional.of(Snippet.around(best.text(), places(best)));
  }

  private long count(Part part) {
    return pieces.stream().filter(it -> !places(it, part).isEmpty()).count();
  }

  // Ascending; what overlaps is one.
  private List<Snippet.Range> places(Part part) {
    List<Snippet.Range> all = new ArrayList<>();
    pieces.forEach(it -> all.addAll(places(it, part)));
    all.sort(Comparator.comparingInt(Snippet.Range::start));
    List<Snippet.Range> apart = new ArrayList<>();
    for (Snippet.Range it : all) {
      if (!apart.isEmpty() && apart.getLast().end() > it.start()) {
        Snippet.Range last = apart.removeLast();
        int end = Math.max(last.end(), it.end());
        apart.add(new Snippet.Range(last.start(), end - last.start()));
      } else {
        apart.add(it);
      }
    }
    return apart;
  }

  private static List<Snippet.Range> places(Piece piece, Part part) {
    return switch (piece.match()) {
      case WHOLE -> words(part, it -> it.form().equals(piece.form()));
      case BEGINNING -> words(part, it -> it.form().startsWith(piece.form()));
      case ANYWHERE -> runs(piece.form(), part.folded());
    };
  }

  private static List<Snippet.Range> words(Part part, Predicate<Word> wanted) {
    return part.words().stream()
        .filter(wanted)
        .map(it -> new Snippet.Range(it.start(), it.end() - it.start()))
        .toList();
  }

  private static List<Snippet.Range> runs(String form, FoldedText text) {
    List<Snippet.Range> found = new ArrayList<>();
    for (int at = text.text().indexOf(form);
        at >= 0;
        at = text.text().indexOf(form, at + form.length())) {
      int start = text.start(at);
      found.add(new Snippet.Range(start, text.end(at + form.length() - 1) - start));
    }
    return found;
  }
}
