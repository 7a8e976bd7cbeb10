// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import java.util.List;
import java.util.Optional;

/// What the rules found in a message.
///
/// @param refusedBy the rule that refuses it, if one does
/// @param left what was read, with dots for what is to be masked
/// @param tight the same with a mask of one byte a character, and so never larger than what was
///     read
/// @param isMasked whether that differs from what was given
/// @param flaggedBy ids of rules that put it before the moderators
public record Findings(
    Optional<Rule> refusedBy,
    Legible left,
    Legible tight,
    boolean isMasked,
    List<String> flaggedBy) {
  /// Keeps its own copy.
  public Findings {
    flaggedBy = List.copyOf(flaggedBy);
  }

  /// Whether no rule met the message.
  public boolean isClean() {
    return refusedBy.isEmpty() && !isMasked && flaggedBy.isEmpty();
  }
}
