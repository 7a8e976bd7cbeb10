// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

/// The name under which a conversation is created, so that a repeat finds it.
///
/// @param text as it was given; empty: no name
/// @param owner whose name it is: a user's own, under which nobody else meets or finds anything;
///     empty: the app's
public record ConversationKey(String text, String owner) {
  /// No name.
  public static final ConversationKey NONE = new ConversationKey("", "");

  /// A name that the app's backend has given.
  public static ConversationKey ofApp(String text) {
    return new ConversationKey(text, "");
  }

  /// A name that a user has given.
  public static ConversationKey of(UserId user, String text) {
    return new ConversationKey(text, user.value());
  }

  /// Whether there is no name.
  public boolean isNone() {
    return text.isEmpty();
  }
}
