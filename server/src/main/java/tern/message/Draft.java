// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message;

import com.google.protobuf.ByteString;
import tern.id.ClientMessageId;
import tern.id.ConversationId;
import tern.id.UserId;

/// A message that someone wants to send.
///
/// @param contentHash of what the sender sent; tells a repeat from another message under the same
///     id
/// @param countable whether it counts as unread
/// @param fits whether it keeps the limits of content; looked at only if it is no repeat
/// @param body content and headers, encoded; never opened on its way
public record Draft(
    ConversationId conversation,
    UserId sender,
    ClientMessageId clientMessageId,
    long contentHash,
    boolean countable,
    boolean fits,
    ByteString body) {}
