// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

import java.util.List;

/// What became of a wish to add or remove members, or to give one another role.
public sealed interface MemberChange {
  /// One revision, committed.
  ///
  /// @param groupNo the intake row that still has to be settled
  /// @param revision the revision it took
  /// @param sequence the conversation's highest sequence then
  /// @param members those whose membership changed
  record Changed(long groupNo, long revision, long sequence, List<Member> members)
      implements MemberChange {
    /// Keeps its own copy.
    public Changed {
      members = List.copyOf(members);
    }
  }

  /// Everybody was already as asked for.
  record Unchanged() implements MemberChange {}

  /// Nothing was changed.
  record Refused(Refusal refusal) implements MemberChange {}

  /// Why.
  enum Refusal {
    /// No such conversation, or none of the actor's.
    NOT_FOUND,
    /// The actor's role, or the kind of conversation, does not allow it, or one who was to be added
    /// blocks the actor.
    FORBIDDEN,
    /// A conversation of two has nothing but metadata that could be changed.
    OF_TWO,
    /// The group would exceed its members.
    GROUP_FULL,
    /// The user who is to get a role, or to be muted, is no member.
    NO_MEMBER,
    /// A user who is to be added is banned.
    BANNED,
    /// As many are banned, or muted without being members, as may be.
    LIMIT_REACHED
  }
}
