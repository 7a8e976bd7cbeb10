// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

/// What became of a [MessageChange].
public sealed interface ChangeResult {
  /// The message is as was asked for.
  ///
  /// @param revision that the change took; of a repeated edit the first one's; 0 when nothing
  ///     changed
  /// @param message as it stands now, with the actor's own reactions
  record Done(long revision, StoredMessage message) implements ChangeResult {}

  /// Nothing was changed.
  enum Refused implements ChangeResult {
    /// No such conversation or message, or none of the actor's.
    NOT_FOUND,
    /// The edit id was used for another edit.
    CONFLICT,
    /// Beyond a limit of content.
    TOO_LARGE,
    /// The message is another's, or the actor's role does not allow it.
    FORBIDDEN,
    /// The time to edit is over.
    TOO_LATE,
    /// Nothing but deleting is left to do with a deleted message.
    DELETED,
    /// There are as many edits, kinds of reactions or pins as there may be.
    LIMIT_REACHED,
    /// The store is away or too busy. It may nevertheless have been kept: a repeat tells.
    UNAVAILABLE,
    /// A fault of ours.
    INTERNAL
  }
}
