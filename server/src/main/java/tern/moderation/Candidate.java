// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import java.util.UUID;
import tern.id.ConversationId;
import tern.id.UserId;

/// A message, or an edit of one, that somebody wants to send.
///
/// @param id of the message, or of the edit, as the client chose it
/// @param message the client message id: of the message, or of the one that is edited
/// @param hash of what the client sent; tells a repeat from something else under the same id
/// @param author whether the sender writes it, or the app's backend in their name
/// @param edits the sequence of the message that is edited; 0 for a new one
public record Candidate(
    ConversationId conversation,
    UserId sender,
    Author author,
    UUID id,
    UUID message,
    long hash,
    long edits,
    ModeratedContent content) {
  boolean isNew() {
    return edits == 0;
  }
}
