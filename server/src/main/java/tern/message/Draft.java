// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import com.google.protobuf.ByteString;
import java.util.Set;
import tern.id.ClientMessageId;
import tern.id.ConversationId;
import tern.id.UserId;

/// A message that someone wants to send.
///
/// @param contentHash of what the sender sent; tells a repeat from another message under the same
///     id
/// @param countable whether it counts as unread
/// @param fits whether it keeps the limits of content; looked at only if it is no repeat
/// @param replyTo the sequence that it answers; 0 for none
/// @param body content and headers, encoded; never opened on its way
/// @param grants what the sender's access token lets them watch; names without spaces
public record Draft(
    ConversationId conversation,
    UserId sender,
    ClientMessageId clientMessageId,
    long contentHash,
    boolean countable,
    boolean fits,
    long replyTo,
    ByteString body,
    Set<String> grants) {
  /// Keeps its own copy.
  public Draft {
    grants = Set.copyOf(grants);
  }

  /// A draft that answers nothing, of somebody whose access token grants nothing, as far as is
  /// known.
  public Draft(
      ConversationId conversation,
      UserId sender,
      ClientMessageId clientMessageId,
      long contentHash,
      boolean countable,
      boolean fits,
      ByteString body) {
    this(conversation, sender, clientMessageId, contentHash, countable, fits, 0, body, Set.of());
  }

  /// The same draft with another body.
  public Draft withBody(ByteString other) {
    return new Draft(
        conversation,
        sender,
        clientMessageId,
        contentHash,
        countable,
        fits,
        replyTo,
        other,
        grants);
  }

  /// The same draft of a sender whose access token grants this.
  public Draft withGrants(Set<String> granted) {
    return new Draft(
        conversation,
        sender,
        clientMessageId,
        contentHash,
        countable,
        fits,
        replyTo,
        body,
        granted);
  }
}
