// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import java.util.List;
import java.util.OptionalLong;
import tern.conversation.Member;
import tern.id.ConversationId;

/// What one transaction has committed and the members have still to be told.
///
/// @param groupNo its intake row; empty when it is not known, and the safety net settles it
/// @param changes in the order of their revisions
record Committed(OptionalLong groupNo, List<Change> changes) {
  /// One revision of one conversation.
  sealed interface Change {
    ConversationId conversation();

    long revision();

    /// The membership revision at which it happened.
    long membershipRevision();
  }

  /// A new message.
  record MessageStored(
      ConversationId conversation, long revision, long membershipRevision, StoredMessage message)
      implements Change {}

  /// Members were added, removed or changed.
  ///
  /// @param sequence the conversation's highest sequence then
  record MembersChanged(
      ConversationId conversation, long revision, long sequence, List<Member> members)
      implements Change {
    @Override
    public long membershipRevision() {
      return revision;
    }
  }
}
