// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// A conversation as SQL shows it at the end: at which revision it was deleted (0: it stands),
/// messages by sequence, all members, former ones too, each state that a membership ever had, and
/// each that a message had, its rules, what its members arranged for themselves, and every press
/// that was kept.
public record Stored(
    String conversation,
    boolean direct,
    long endedAt,
    long lastSequence,
    long revision,
    List<Item> messages,
    List<StoredMember> members,
    List<MemberSeen> memberships,
    Past past,
    Rules rules,
    Personal personal,
    List<Press> presses) {

  /// A conversation of which nothing is kept.
  public static Stored nothing(String conversation) {
    return new Stored(
        conversation,
        false,
        0,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        Past.NONE,
        Rules.NONE,
        Personal.NONE,
        List.of());
  }

  /// A membership with its markers and the revision of its latest joining.
  public record StoredMember(
      MemberSeen member, long joinedRevision, long deliveredSequence, long readSequence) {}
}
