// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.rules;

import java.time.Instant;
import java.util.List;
import tern.id.UserId;

/// That a user may not be a member of a group.
///
/// @param until when it ends; [Until#NEVER] until somebody ends it
public record Ban(UserId user, UserId by, Instant at, Instant until) {
  /// What somebody who asks for a group's bans is told.
  public sealed interface Listing {
    /// A page, by user.
    ///
    /// @param hasAfter whether more follow
    record Page(List<Ban> bans, boolean hasAfter) implements Listing {
      /// Keeps its own copy.
      public Page {
        bans = List.copyOf(bans);
      }
    }

    /// No such conversation, or none of the reader's.
    record NotFound() implements Listing {}

    /// The reader's role, or the kind of conversation, does not allow it.
    record Forbidden() implements Listing {}
  }
}
