// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// A conversation as SQL shows it at the end: messages by sequence, all members, former ones too,
/// and each state that a membership ever had.
public record Stored(
    String conversation,
    long lastSequence,
    long revision,
    List<Item> messages,
    List<StoredMember> members,
    List<MemberSeen> memberships) {

  /// A membership with its markers and the revision of its latest joining.
  public record StoredMember(
      MemberSeen member, long joinedRevision, long deliveredSequence, long readSequence) {}
}
