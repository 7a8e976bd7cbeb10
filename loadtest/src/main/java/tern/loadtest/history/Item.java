// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// A message, as a client was shown it or as the store keeps it. System messages have the text
/// `system:KIND:user,user`, deleted ones none.
public record Item(
    long sequence,
    long revision,
    String sender,
    String clientMessageId,
    String text,
    boolean countable,
    Fate fate) {

  private static final String SYSTEM = "system:";

  /// The text that stands for a system message.
  public static String systemText(String kind, Iterable<String> users) {
    return SYSTEM + kind + ":" + String.join(",", users);
  }

  /// Whether the server wrote it.
  public boolean isSystem() {
    return text.startsWith(SYSTEM);
  }

  /// Whether an empty place is left of it.
  public boolean isDeleted() {
    return fate.deletedAtMs() != 0;
  }

  /// The same message with another text, of another revision.
  public Item with(String other, long otherRevision) {
    return new Item(sequence, otherRevision, sender, clientMessageId, other, countable, fate);
  }

  /// The same message with another fate.
  public Item with(Fate other) {
    return new Item(sequence, revision, sender, clientMessageId, text, countable, other);
  }

  /// Whether both are the same message in the same state, reactions aside; a system message's
  /// client message id is the store's own.
  public boolean sameAs(Item other) {
    return sequence == other.sequence
        && revision == other.revision
        && sender.equals(other.sender)
        && text.equals(other.text)
        && fate.sameButReactions(other.fate)
        && (isSystem()
            || (countable == other.countable && clientMessageId.equals(other.clientMessageId)));
  }
}
