// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tern.text.FoldedText;
import tern.text.Word;
import tern.text.Words;

/// Finds words, or several in a row, however they are written: as search does, so that case,
/// accents, unseen characters and full width help nobody past it. In scripts without spaces a term
/// is found wherever it stands.
final class WordMatcher implements Matcher {
  // By their first word.
  private final Map<String, List<List<String>>> phrases = new HashMap<>();
  private final List<String> runs = new ArrayList<>();

  WordMatcher(List<String> terms) {
    for (String term : terms) {
      List<Word> words = Words.of(term).stream().filter(WordMatcher::isWhole).toList();
      boolean hasRun = Words.of(term).stream().anyMatch(it -> it.kind() == Word.Kind.LAST);
      if (hasRun) {
        runs.add(FoldedText.of(term).text());
      } else if (!words.isEmpty()) {
        List<String> forms = words.stream().map(Word::form).toList();
        phrases.computeIfAbsent(forms.getFirst(), _ -> new ArrayList<>()).add(forms);
      }
    }
  }

  private static boolean isWhole(Word word) {
    return word.kind() == Word.Kind.LETTERS || word.kind() == Word.Kind.SYMBOL;
  }

  @Override
  public List<Place> places(Read text) {
    List<Place> found = new ArrayList<>();
    List<Word> words = text.words().stream().filter(WordMatcher::isWhole).toList();
    for (int i = 0; i < words.size(); i++) {
      for (List<String> phrase : phrases.getOrDefault(words.get(i).form(), List.of())) {
        if (stands(phrase, words, i)) {
          found.add(new Place(words.get(i).start(), words.get(i + phrase.size() - 1).end()));
        }
      }
    }
    // The same with the Arabic article before it.
    text.words().stream()
        .filter(it -> it.kind() == Word.Kind.WITHOUT_ARTICLE)
        .filter(it -> phrases.getOrDefault(it.form(), List.of()).contains(List.of(it.form())))
        .forEach(it -> found.add(new Place(it.start(), it.end())));
    runs.forEach(it -> addRuns(it, text, found));
    return found;
  }

  private static boolean stands(List<String> phrase, List<Word> words, int at) {
    if (at + phrase.size() > words.size()) {
      return false;
    }
    for (int i = 1; i < phrase.size(); i++) {
      if (!words.get(at + i).form().equals(phrase.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static void addRuns(String run, Read text, List<Place> found) {
    String folded = text.folded().text();
    for (int at = folded.indexOf(run); at >= 0; at = folded.indexOf(run, at + run.length())) {
      found.add(text.place(at, at + run.length()));
    }
  }
}
