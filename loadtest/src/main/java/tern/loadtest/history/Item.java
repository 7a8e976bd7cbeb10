// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// A message, as a client was shown it or as the store keeps it. System messages have the text
/// `system:KIND:user,user`.
public record Item(
    long sequence,
    long revision,
    String sender,
    String clientMessageId,
    String text,
    boolean countable) {

  private static final String SYSTEM = "system:";

  /// The text that stands for a system message.
  public static String systemText(String kind, Iterable<String> users) {
    return SYSTEM + kind + ":" + String.join(",", users);
  }

  /// Whether the server wrote it.
  public boolean isSystem() {
    return text.startsWith(SYSTEM);
  }

  /// Whether both are the same message; a system message's client message id is the store's own.
  public boolean sameAs(Item other) {
    return sequence == other.sequence
        && revision == other.revision
        && sender.equals(other.sender)
        && text.equals(other.text)
        && (isSystem()
            || (countable == other.countable && clientMessageId.equals(other.clientMessageId)));
  }
}
