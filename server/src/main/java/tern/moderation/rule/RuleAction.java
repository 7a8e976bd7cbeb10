// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation.rule;

/// What becomes of a message that a rule meets.
public enum RuleAction {
  /// It is refused, with the rule's reason.
  REFUSE,
  /// What was met is replaced by dots.
  MASK,
  /// It is sent, and put before the moderators.
  FLAG
}
