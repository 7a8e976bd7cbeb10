// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation;

/// What became of a wish for a conversation of many.
public sealed interface Creation {
  /// It is there: new, or the one that the creator has under that key.
  record Opened(OpenConversation conversation) implements Creation {}

  /// It is not.
  enum Refused implements Creation {
    /// The key is taken by a conversation of another kind, or by one that is none of the creator's.
    KEY_TAKEN,
    /// One of those who were to be members blocks the creator.
    FORBIDDEN
  }
}
