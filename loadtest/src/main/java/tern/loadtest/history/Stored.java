// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

import java.util.List;

/// A conversation as SQL shows it at the end: messages by sequence, all memberships, former ones
/// too.
public record Stored(
    String conversation,
    long lastSequence,
    long revision,
    List<Item> messages,
    List<StoredMember> members) {

  /// A membership with its markers and the revision of its latest joining.
  public record StoredMember(
      MemberSeen member, long joinedRevision, long deliveredSequence, long readSequence) {}
}
