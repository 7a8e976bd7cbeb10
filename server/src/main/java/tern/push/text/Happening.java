// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.text;

/// What a push about one conversation tells of, before it is known in which language.
///
/// @param unread messages that the user has not read there, at least 1
/// @param sender the name of who wrote the newest; empty: not known
/// @param isGroup whether there are more than two in the conversation
/// @param conversation its name, of a group; empty: it has none
/// @param gist of the newest message
/// @param mentionsYou whether the newest message calls the user
public record Happening(
    int unread,
    String sender,
    boolean isGroup,
    String conversation,
    Gist gist,
    boolean mentionsYou) {
  /// Refuses a push about nothing.
  public Happening {
    if (unread < 1) {
      throw new IllegalArgumentException("unread: " + unread + " (expected: >= 1)");
    }
  }

  @Override
  public String toString() {
    return "Happening[" + unread + ", [REDACTED]]";
  }
}
