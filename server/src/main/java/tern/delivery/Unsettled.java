// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import java.util.List;
import tern.id.ConversationId;
import tern.id.UserId;

/// A committed transaction that nobody is known to have announced: its node died, or lost the
/// store's answer.
public record Unsettled(long groupNo, List<Entry> entries) {
  /// Keeps its own copy.
  public Unsettled {
    entries = List.copyOf(entries);
  }

  /// The same, as changes that need no announcement any more.
  List<Announced> announced() {
    return entries.stream()
        .map(it -> new Announced(it.conversation(), it.by(), it.revision(), it.sequence()))
        .toList();
  }

  /// One change in it.
  ///
  /// @param sequence of the new message; 0 where the change was no message
  public record Entry(ConversationId conversation, long revision, long sequence, UserId by) {}
}
