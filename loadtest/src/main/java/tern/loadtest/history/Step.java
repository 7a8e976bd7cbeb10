// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// What changed in a conversation between two revisions, live or in a page of catch-up; reactions
/// stand apart in live steps only, and `settings` are at most one state.
public record Step(
    String conversation,
    long after,
    long through,
    long sequence,
    List<MemberSeen> members,
    List<Item> messages,
    List<ReactionStep> reactions,
    List<Settings> settings) {

  /// The same step with other messages and reactions in it.
  public Step with(List<Item> others, List<ReactionStep> otherReactions) {
    return new Step(
        conversation, after, through, sequence, members, others, otherReactions, settings);
  }
}
