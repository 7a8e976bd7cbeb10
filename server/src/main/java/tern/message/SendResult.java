// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import java.time.Duration;
import java.time.Instant;

/// What became of a draft.
public sealed interface SendResult {
  /// Committed and fsynced, now or at the first time.
  ///
  /// @param createdAt by the database's clock
  /// @param duplicate whether it had been accepted before
  record Accepted(long sequence, long revision, Instant createdAt, boolean duplicate)
      implements SendResult {}

  /// Not accepted: the conversation has a slow mode.
  ///
  /// @param pause after which the sender's next message may come
  record TooEarly(Duration pause) implements SendResult {}

  /// Not accepted: it answers what has not been said.
  ///
  /// @param lastSequence of what has; 0 where nothing has
  record AnswersNothing(long lastSequence) implements SendResult {}

  /// Not accepted.
  enum Refused implements SendResult {
    /// No such conversation, or none of the sender's.
    NOT_FOUND,
    /// The conversation takes no message of the sender's now.
    FORBIDDEN,
    /// The id was used for another message.
    CONFLICT,
    /// Beyond a limit of content.
    TOO_LARGE,
    /// The sender's role is not among those that post.
    ROLE_TOO_LOW,
    /// Only moderators and owners post, for now.
    FROZEN,
    /// The sender is muted.
    MUTED,
    /// The store is away or too busy. It may nevertheless have been kept: a repeat tells.
    UNAVAILABLE,
    /// A fault of ours.
    INTERNAL
  }
}
