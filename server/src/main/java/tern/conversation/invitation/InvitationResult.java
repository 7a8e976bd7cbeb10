// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.invitation;

/// What became of a wish about a group's invitations.
///
/// @param <T> what is answered
public sealed interface InvitationResult<T> {
  /// It was fulfilled.
  record Done<T>(T answer) implements InvitationResult<T> {}

  /// It was not.
  record Refused<T>(Refusal reason) implements InvitationResult<T> {}

  /// Why.
  enum Refusal {
    /// No such conversation, or none of the actor's.
    NOT_FOUND,
    /// The actor's role, or the kind of conversation, does not allow it.
    FORBIDDEN,
    /// There are as many as there may be.
    LIMIT_REACHED
  }
}
