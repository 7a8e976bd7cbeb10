// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.inbox;

import java.util.List;

/// A page of a user's conversation list.
///
/// @param nextPage asks for the next page; empty on the last
/// @param cursor to be kept once all pages are read
/// @param badge the sum of the main list's unread counts, each capped
/// @param reset the cursor given was of another life of the store: this is a list from the start
public record InboxPage(
    List<InboxEntry> entries, String nextPage, String cursor, long badge, boolean reset) {
  /// Keeps its own copy.
  public InboxPage {
    entries = List.copyOf(entries);
  }
}
