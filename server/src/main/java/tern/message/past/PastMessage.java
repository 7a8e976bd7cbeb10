// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.past;

import java.time.Instant;
import java.util.Optional;
import tern.id.ClientMessageId;
import tern.id.UserId;
import tern.message.Draft;

/// A message that was sent elsewhere.
///
/// @param draft its content; the sender need not be a member
/// @param sentAt when it was sent there
/// @param editedAt when its content was last replaced there, not before it was sent
/// @param answers the message that it answers, where that is told by its name
public record PastMessage(
    Draft draft, Instant sentAt, Optional<Instant> editedAt, Optional<Name> answers) {
  /// What tells one message of a conversation from all others, before it has a sequence.
  public record Name(UserId sender, ClientMessageId clientMessageId) {}

  /// Its own name.
  public Name name() {
    return new Name(draft.sender(), draft.clientMessageId());
  }

  /// The same message with another draft.
  PastMessage with(Draft other) {
    return new PastMessage(other, sentAt, editedAt, answers);
  }
}
