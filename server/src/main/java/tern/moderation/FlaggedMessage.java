// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.moderation;

import java.time.Instant;
import java.util.List;
import tern.id.ConversationId;
import tern.message.StoredMessage;

/// A message that rules have put before the moderators.
///
/// @param number of the entry in the queue; later ones are higher
/// @param ruleIds of the rules
/// @param message as it stands now
public record FlaggedMessage(
    long number,
    Instant at,
    ConversationId conversation,
    List<String> ruleIds,
    StoredMessage message) {
  /// Keeps its own copy.
  public FlaggedMessage {
    ruleIds = List.copyOf(ruleIds);
  }
}
