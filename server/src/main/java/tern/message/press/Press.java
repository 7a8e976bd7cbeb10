// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.press;

import java.time.Instant;
import java.util.UUID;
import tern.id.ConversationId;
import tern.id.UserId;

/// A press of a button, kept.
///
/// @param number from 1 without gaps on each card
/// @param value the button's, when it was pressed
public record Press(long number, UserId user, String button, String value, UUID id, Instant at) {
  /// Where a card stands.
  public record Card(ConversationId conversation, long sequence) {}
}
