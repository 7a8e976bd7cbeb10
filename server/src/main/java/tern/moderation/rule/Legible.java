// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import java.util.List;
import java.util.stream.Stream;

/// What rules read of a message, each list in a fixed order.
///
/// @param texts what people read; masked where a rule says so
/// @param values what the app keeps in it beside that; masked too, and rules about links pass it
///     over, for much of it only looks like one
/// @param names what would no longer do its work with dots in it, such as a key: a rule that would
///     mask one refuses; rules about links pass it over
/// @param links addresses that stand in no text: a rule that would mask one refuses
public record Legible(
    List<String> texts, List<String> values, List<String> names, List<String> links) {
  /// Keeps its own copies.
  public Legible {
    texts = List.copyOf(texts);
    values = List.copyOf(values);
    names = List.copyOf(names);
    links = List.copyOf(links);
  }

  /// Only what people read.
  public static Legible of(List<String> texts) {
    return new Legible(texts, List.of(), List.of(), List.of());
  }

  /// Whether there is nothing to read.
  public boolean isEmpty() {
    return Stream.of(texts, values, names, links).allMatch(List::isEmpty);
  }

  /// The same with other texts and values, as many of each as before.
  Legible with(List<String> otherTexts, List<String> otherValues) {
    return new Legible(otherTexts, otherValues, names, links);
  }
}
