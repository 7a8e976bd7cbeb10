// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

import java.util.List;
import java.util.Optional;

/// What the rules found in a message.
///
/// @param refusedBy the rule that refuses it, if one does
/// @param texts the message's texts, what is to be masked replaced by dots
/// @param isMasked whether the texts differ from what was given
/// @param flaggedBy ids of rules that put it before the moderators
public record Findings(
    Optional<Rule> refusedBy, List<String> texts, boolean isMasked, List<String> flaggedBy) {
  /// Keeps its own copies.
  public Findings {
    texts = List.copyOf(texts);
    flaggedBy = List.copyOf(flaggedBy);
  }

  /// Whether no rule met the message.
  public boolean isClean() {
    return refusedBy.isEmpty() && !isMasked && flaggedBy.isEmpty();
  }
}
