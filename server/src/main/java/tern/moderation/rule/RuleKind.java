// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

/// What a rule looks for.
public enum RuleKind {
  /// Words, or several in a row.
  WORDS,
  /// Regular expressions, in RE2's form.
  PATTERNS,
  /// Links to any host but these and what lies below them.
  LINKS_ALLOWED,
  /// Links to these hosts and what lies below them.
  LINKS_DENIED,
  /// The same text from one user, so many times within so long, whatever the conversation.
  SAME_TEXT,
  /// Messages or edits from one user to so many conversations within so long.
  MANY_CONVERSATIONS;

  /// Whether it counts messages instead of reading them.
  public boolean isFlood() {
    return this == SAME_TEXT || this == MANY_CONVERSATIONS;
  }

  /// Whether it looks for links alone.
  public boolean isOfLinks() {
    return this == LINKS_ALLOWED || this == LINKS_DENIED;
  }
}
