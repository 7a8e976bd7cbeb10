// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.receipt;

import tern.id.ConversationId;
import tern.id.UserId;

/// How far a member has come; only grows, save that they themselves may mark as unread.
///
/// @param delivered up to which sequence messages have reached a device of theirs
/// @param read up to which sequence they have read
/// @param shown up to which sequence they have ever read: what the others are told
/// @param unread how many are left, capped at 1,000
public record Marker(
    ConversationId conversation, UserId user, long delivered, long read, long shown, int unread) {
  /// As the others are told it.
  Marker asShown() {
    return new Marker(conversation, user, delivered, shown, shown, unread);
  }
}
