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
import java.util.stream.Stream;

/// Rules in force, ready to read messages with. Immutable; any thread may use it, and takes time in
/// proportion to the text.
public final class RuleSet {
  /// No rules.
  public static final RuleSet NONE = new RuleSet(List.of());

  private static final String DOT = "\u25CF";
  // One byte, as no character has less.
  private static final String TIGHT = "*";

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
  /// @param recent what the sender sent lately, this message included
  public Findings read(Legible legible, FloodWatch.Recent recent) {
    Reading reading = new Reading(legible);
    readers.forEach(reading::hold);
    floods.stream().filter(recent::meets).forEach(reading::count);
    return reading.findings();
  }

  // Strings of one sort, and what is to be masked in each.
  private static final class Column {
    private final List<String> strings;
    private final List<Matcher.Read> read;
    private final List<List<Place>> masked = new ArrayList<>();

    Column(List<String> strings) {
      this.strings = strings;
      this.read = strings.stream().map(Matcher.Read::of).toList();
      strings.forEach(_ -> masked.add(new ArrayList<>()));
    }

    List<List<Place>> places(Matcher matcher) {
      return read.stream().map(matcher::places).toList();
    }

    boolean isMetBy(Matcher matcher) {
      return read.stream().anyMatch(it -> !matcher.places(it).isEmpty());
    }

    void mask(List<List<Place>> places) {
      for (int i = 0; i < places.size(); i++) {
        masked.get(i).addAll(places.get(i));
      }
    }

    List<String> left(String mask) {
      List<String> left = new ArrayList<>();
      for (int i = 0; i < strings.size(); i++) {
        left.add(masked(strings.get(i), masked.get(i), mask));
      }
      return left;
    }
  }

  // One message, held against one rule after the other.
  private static final class Reading {
    private final Legible legible;
    private final Column texts;
    private final Column values;
    private final Column names;
    private final Column links;
    private final Set<String> flaggedBy = new LinkedHashSet<>();
    private Optional<Rule> refusedBy = Optional.empty();

    Reading(Legible legible) {
      this.legible = legible;
      texts = new Column(legible.texts());
      values = new Column(legible.values());
      names = new Column(legible.names());
      links = new Column(legible.links());
    }

    void hold(Compiled it) {
      boolean isOfLinks = it.rule().kind().isOfLinks();
      boolean isFixed = links.isMetBy(it.matcher()) || (!isOfLinks && names.isMetBy(it.matcher()));
      List<List<Place>> inTexts = texts.places(it.matcher());
      List<List<Place>> inValues = isOfLinks ? List.of() : values.places(it.matcher());
      if (!isFixed && Stream.of(inTexts, inValues).flatMap(List::stream).allMatch(List::isEmpty)) {
        return;
      }
      if (it.rule().action() == RuleAction.FLAG) {
        flaggedBy.add(it.rule().id());
      } else if (isFixed || it.rule().action() == RuleAction.REFUSE) {
        refuse(it.rule());
      } else {
        texts.mask(inTexts);
        values.mask(inValues);
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
      Legible left = left(DOT);
      boolean isMasked = !left.equals(legible);
      Legible tight = isMasked ? left(TIGHT) : left;
      return new Findings(refusedBy, left, tight, isMasked, List.copyOf(flaggedBy));
    }

    private Legible left(String mask) {
      return legible.with(texts.left(mask), values.left(mask));
    }
  }

  // One for each character, so that the text keeps its shape.
  private static String masked(String text, List<Place> places, String mask) {
    StringBuilder left = new StringBuilder();
    int from = 0;
    places.sort(Comparator.comparingInt(Place::start));
    for (Place it : places) {
      if (it.end() > from) {
        int start = Math.max(from, it.start());
        left.append(text, from, start).append(mask.repeat(text.codePointCount(start, it.end())));
        from = it.end();
      }
    }
    return left.append(text, from, text.length()).toString();
  }
}
