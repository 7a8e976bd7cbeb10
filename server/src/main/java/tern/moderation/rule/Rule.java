// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import java.time.Duration;
import java.util.List;

/// A rule of the app's.
///
/// @param id the app's name for it: 1 to 64 of `A-Z a-z 0-9 _ . @ -`
/// @param terms words or hosts: 1 to 1,000, or expressions: 1 to 20, of 1 to 256 characters; none
///     for floods
/// @param count of a flood: at which message, or conversation, it begins: 2 to 50; else 0
/// @param within of a flood: 1 s to 1 h; else 0
/// @param reason told to the sender of a refused message: at most 200 characters
public record Rule(
    String id,
    RuleKind kind,
    RuleAction action,
    List<String> terms,
    int count,
    Duration within,
    String reason) {
  private static final int MAX_TERMS = 1_000;
  private static final int MAX_PATTERNS = 20;
  private static final int MAX_TERM = 256;
  private static final int MAX_COUNT = 50;
  private static final int MAX_REASON = 200;
  private static final Duration LONGEST = Duration.ofHours(1);

  /// Refuses nonsense with an `IllegalArgumentException`; keeps its own copy.
  public Rule {
    terms = List.copyOf(terms);
    if (!id.matches("[A-Za-z0-9_.@-]{1,64}")) {
      throw new IllegalArgumentException(
          "ruleId: no such form (expected: 1 to 64 of A-Z a-z 0-9 _ . @ -)");
    }
    if (kind.isFlood()) {
      checkFlood(action, terms, count, within);
    } else {
      checkTerms(kind, terms);
      if (count != 0 || !within.isZero()) {
        throw new IllegalArgumentException(
            "count, withinSeconds: set (expected: of a flood alone)");
      }
    }
    if (reason.codePointCount(0, reason.length()) > MAX_REASON || reason.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "reason: too long, or holds U+0000 (expected: at most " + MAX_REASON + " characters)");
    }
  }

  private static void checkFlood(
      RuleAction action, List<String> terms, int count, Duration within) {
    if (!terms.isEmpty() || action == RuleAction.MASK) {
      throw new IllegalArgumentException("kind: a flood (expected: no terms, and REFUSE or FLAG)");
    }
    if (count < 2 || count > MAX_COUNT) {
      throw new IllegalArgumentException("count: " + count + " (expected: 2 to " + MAX_COUNT + ")");
    }
    if (within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "withinSeconds: " + within.toSeconds() + " (expected: 1 to 3600)");
    }
  }

  private static void checkTerms(RuleKind kind, List<String> terms) {
    int most = kind == RuleKind.PATTERNS ? MAX_PATTERNS : MAX_TERMS;
    if (terms.isEmpty() || terms.size() > most) {
      throw new IllegalArgumentException(
          "terms: " + terms.size() + " (expected: 1 to " + most + ")");
    }
    boolean isGood =
        terms.stream()
            .allMatch(it -> !it.isBlank() && it.length() <= MAX_TERM && it.indexOf('\0') < 0);
    if (!isGood) {
      throw new IllegalArgumentException(
          "terms: one is blank, too long or holds U+0000 (expected: 1 to "
              + MAX_TERM
              + " characters, without U+0000)");
    }
  }
}
