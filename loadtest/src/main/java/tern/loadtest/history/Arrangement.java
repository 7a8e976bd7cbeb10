// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// Something that a user wants to arrange for themselves: `on` is whether it is to stand, or of
/// hiding whether history ends there; `text` a draft's; `number` the sequence where the unread
/// begins, or when the quiet ends in milliseconds since 1970.
public record Arrangement(Kind kind, String conversation, boolean on, String text, long number) {
  /// What can be arranged.
  public enum Kind {
    /// Into the archive, or out of all that keeps it from the main list.
    ARCHIVE,
    /// Into the archive until somebody writes.
    ARCHIVE_UNTIL_MESSAGE,
    /// Out of all lists until somebody writes.
    HIDE,
    /// To the top of the main list.
    TOP,
    /// What was begun to write.
    DRAFT,
    /// Unread from here on.
    UNREAD,
    /// No push until a time.
    QUIET
  }
}
