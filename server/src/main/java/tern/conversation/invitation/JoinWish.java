// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.invitation;

import tern.id.UserId;

/// A wish to become a member of a group, by what one knows of it.
public record JoinWish(UserId joiner, By by) {
  /// What one knows.
  public sealed interface By {
    /// An invitation's token.
    record Token(String text) implements By {
      @Override
      public String toString() {
        return "Token[REDACTED]";
      }
    }

    /// The app's own unique name for it.
    record Key(String text) implements By {}
  }
}
