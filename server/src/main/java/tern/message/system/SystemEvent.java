// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.system;

import java.util.List;
import tern.conversation.Role;
import tern.id.UserId;

/// What happened to a conversation; who did it is the sender of the message that tells of it.
public sealed interface SystemEvent {
  /// These have become members.
  ///
  /// @param users at least one
  record MembersAdded(List<UserId> users) implements SystemEvent {
    /// Keeps its own copy.
    public MembersAdded {
      users = List.copyOf(users);
    }
  }

  /// These are members no longer, and it was not their own wish.
  ///
  /// @param users at least one
  record MembersRemoved(List<UserId> users) implements SystemEvent {
    /// Keeps its own copy.
    public MembersRemoved {
      users = List.copyOf(users);
    }
  }

  /// A member has left.
  record MemberLeft(UserId user) implements SystemEvent {}

  /// A member has got another role.
  record RoleChanged(UserId user, Role role) implements SystemEvent {}

  /// It has got another name.
  record Renamed(String name) implements SystemEvent {}

  /// It has got another image, or none any more.
  record ImageChanged() implements SystemEvent {}
}
