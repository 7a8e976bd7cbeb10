// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import java.util.Map;
import java.util.Set;
import tern.id.ConversationId;
import tern.id.UserId;

/// What a user has not read.
///
/// @param badge messages of all conversations
/// @param conversations messages of each conversation that was asked for and has such
public record Unread(long badge, Map<ConversationId, Integer> conversations) {

  /// Who knows it.
  @FunctionalInterface
  public interface Counts {
    /// Of each of these users, and of the conversations beside them; who has read everything may be
    /// missing. Blocks; throws [tern.store.StoreException].
    Map<UserId, Unread> of(Map<UserId, Set<ConversationId>> asked);
  }
}
