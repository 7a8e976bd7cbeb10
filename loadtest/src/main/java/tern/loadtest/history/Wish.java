// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// A change of a message that somebody asked for: `id` is the edit's or the reaction, `text` the
/// edit's content, `on` whether the reaction or the pin is to stand.
public record Wish(
    Kind kind, String conversation, long sequence, String id, String text, boolean on) {

  /// What can be asked for.
  public enum Kind {
    /// Another content.
    EDIT,
    /// An empty place.
    DELETE,
    /// One's own reaction.
    REACT,
    /// A pin.
    PIN
  }
}
