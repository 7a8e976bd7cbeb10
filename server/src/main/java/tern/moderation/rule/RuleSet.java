// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Rules in force, ready to read messages with. Immutable; any thread may use it, and takes time in
/// proportion to the text.
public final class RuleSet {
  /// No rules.
  public static final RuleSet NONE = new RuleSet(List.of());

  private static final String DOT = "\u25CF";

  private final List<Compiled> readers;
  private final List<Rule> floods;

  private record Compiled(Rule rule, Matcher matcher) {
    static Compiled of(Rule rule) {
      return new Compiled(rule, matcherOf(rule));
    }
  }

  private RuleSet(List<Rule> rules) {
    readers = rules.stream().filter(it -> !it.kind().isFlood()).map(Compiled::of).toList();
    floods = rules.stream().filter(it -> it.kind().isFlood()).toList();
  }

  /// These rules; throws `IllegalArgumentException` when one can't be used.
  public static RuleSet of(Collection<Rule> rules) {
    return new RuleSet(rules.stream().sorted(Comparator.comparing(Rule::id)).toList());
  }

  private static Matcher matcherOf(Rule rule) {
    return switch (rule.kind()) {
      case WORDS -> new WordMatcher(rule.terms());
      case PATTERNS -> new PatternMatcher(rule.terms());
      case LINKS_ALLOWED -> new LinkMatcher(true, rule.terms());
      case LINKS_DENIED -> new LinkMatcher(false, rule.terms());
      case SAME_TEXT, MANY_CONVERSATIONS ->
          throw new IllegalArgumentException(rule.kind() + " (expected: one that reads)");
    };
  }

  /// Whether there is none.
  public boolean isEmpty() {
    return readers.isEmpty() && floods.isEmpty();
  }

  /// Whether some of them count messages.
  public boolean hasFloods() {
    return !floods.isEmpty();
  }

  /// What these rules find.
  ///
  /// @param texts what people read
  /// @param links addresses that stand in no text; a rule that would mask one refuses
  /// @param recent what the sender sent lately, this message included
  public Findings read(List<String> texts, List<String> links, FloodWatch.Recent recent) {
    Reading reading = new Reading(texts, links);
    readers.forEach(reading::hold);
    floods.stream().filter(recent::meets).forEach(reading::count);
    return reading.findings();
  }

  // One message, held against one rule after the other.
  private static final class Reading {
    private final List<String> texts;
    private final List<Matcher.Read> read;
    private final List<Matcher.Read> links;
    private final List<List<Place>> masked = new ArrayList<>();
    private final Set<String> flaggedBy = new LinkedHashSet<>();
    private Optional<Rule> refusedBy = Optional.empty();

    Reading(List<String> texts, List<String> links) {
      this.texts = texts;
      this.read = texts.stream().map(Matcher.Read::of).toList();
      this.links = links.stream().map(Matcher.Read::of).toList();
      texts.forEach(_ -> masked.add(new ArrayList<>()));
    }

    void hold(Compiled it) {
      boolean isInLink = links.stream().anyMatch(link -> !it.matcher().places(link).isEmpty());
      List<List<Place>> places = read.stream().map(it.matcher()::places).toList();
      if (!isInLink && places.stream().allMatch(List::isEmpty)) {
        return;
      }
      if (it.rule().action() == RuleAction.FLAG) {
        flaggedBy.add(it.rule().id());
      } else if (isInLink || it.rule().action() == RuleAction.REFUSE) {
        refuse(it.rule());
      } else {
        for (int i = 0; i < places.size(); i++) {
          masked.get(i).addAll(places.get(i));
        }
      }
    }

    void count(Rule flood) {
      if (flood.action() == RuleAction.FLAG) {
        flaggedBy.add(flood.id());
      } else {
        refuse(flood);
      }
    }

    private void refuse(Rule rule) {
      refusedBy = refusedBy.or(() -> Optional.of(rule));
    }

    Findings findings() {
      List<String> left = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        left.add(masked(texts.get(i), masked.get(i)));
      }
      return new Findings(refusedBy, left, !left.equals(texts), List.copyOf(flaggedBy));
    }
  }

  // A dot for each character, so that the text keeps its shape.
  private static String masked(String text, List<Place> places) {
    StringBuilder left = new StringBuilder();
    int from = 0;
    places.sort(Comparator.comparingInt(Place::start));
    for (Place it : places) {
      if (it.end() > from) {
        int start = Math.max(from, it.start());
        left.append(text, from, start).append(DOT.repeat(text.codePointCount(start, it.end())));
        from = it.end();
      }
    }
    return left.append(text, from, text.length()).toString();
  }
}
