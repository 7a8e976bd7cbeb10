// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.press;

/// What became of a wish to press a button.
public sealed interface PressResult {
  /// It is kept, now or at the first time.
  ///
  /// @param isRepeat whether it had been kept before
  record Kept(Press press, boolean isRepeat) implements PressResult {}

  /// It is not.
  enum Refused implements PressResult {
    /// No such conversation or message, or none that the user may see.
    NOT_FOUND,
    /// The id was used for another button.
    CONFLICT,
    /// The card was edited since it was read: read it again.
    EDITED,
    /// The message was deleted.
    DELETED,
    /// The card has no such button.
    NO_BUTTON,
    /// The user has pressed as often as they may.
    LIMIT_REACHED,
    /// One of the two in the conversation blocks the other.
    BLOCKED
  }
}
