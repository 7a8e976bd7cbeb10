// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.user;

import java.util.List;
import tern.id.ConversationId;
import tern.id.UserId;

/// What a user has said about another one, after a change.
///
/// @param changed whether it differs from before
/// @param conversations those that look different in the user's list
public record Relation(
    UserId other,
    boolean blocked,
    boolean muted,
    boolean changed,
    List<ConversationId> conversations) {
  /// Keeps its own copy.
  public Relation {
    conversations = List.copyOf(conversations);
  }

  /// What can be said about somebody.
  public enum Kind {
    /// Nothing passes between the two.
    BLOCKED(1, "blocked_at"),
    /// They bring no push, and are not shown as typing.
    MUTED(2, "muted_at");

    private final int number;
    private final String column;

    Kind(int number, String column) {
      this.number = number;
      this.column = column;
    }

    int number() {
      return number;
    }

    String column() {
      return column;
    }
  }
}
