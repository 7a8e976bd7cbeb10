// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// One line of the conversation list, as somebody was shown it; `lastSequence` is 0 when it shows
/// no message, `lastText` empty when it shows none or a deleted one.
public record InboxLine(
    String conversation,
    boolean removed,
    long lastSequence,
    String lastText,
    int unread,
    MarkerSeen marker,
    long revision,
    long sequence,
    long activeAtMs,
    Shelf shelf) {

  /// The same line with something else arranged.
  public InboxLine withShelf(Shelf other) {
    return new InboxLine(
        conversation,
        removed,
        lastSequence,
        lastText,
        unread,
        marker,
        revision,
        sequence,
        activeAtMs,
        other);
  }

  /// The same line with another text.
  public InboxLine withLastText(String text) {
    return new InboxLine(
        conversation,
        removed,
        lastSequence,
        text,
        unread,
        marker,
        revision,
        sequence,
        activeAtMs,
        shelf);
  }
}
