// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.util.List;

/// What changed in a user's conversation list, and the badge; absolute values.
public record InboxUpdate(List<InboxEntry> entries, long badge) {
  /// Keeps its own copy.
  public InboxUpdate {
    entries = List.copyOf(entries);
  }
}
