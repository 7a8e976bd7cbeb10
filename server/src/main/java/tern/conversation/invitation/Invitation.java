// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.invitation;

import java.time.Instant;
import java.util.UUID;
import tern.id.ConversationId;
import tern.id.UserId;

/// A token's own state, without the token.
///
/// @param maxUses how many may join with it; 0: any number
/// @param uses how many have
public record Invitation(
    UUID id,
    ConversationId conversation,
    UserId createdBy,
    Instant createdAt,
    Instant expiresAt,
    int maxUses,
    int uses) {
  /// One that was just made, with the only copy of its token.
  public record Fresh(Invitation invitation, String token) {
    @Override
    public String toString() {
      return "Fresh[" + invitation + ", token=[REDACTED]]";
    }
  }
}
