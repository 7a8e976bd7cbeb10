// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.history;

/// A message, as a client was shown it or as the store keeps it. System messages have the text
/// `system:KIND:user,user` or `system:KIND:user:detail`, deleted ones none.
public record Item(
    long sequence,
    long revision,
    String sender,
    String clientMessageId,
    String text,
    boolean countable,
    Headers headers,
    Fate fate) {

  private static final String SYSTEM = "system:";
  private static final String FORWARDED = "forwarded:";

  /// The text that stands for a system message; `detail` is the new name or role, if there is one.
  public static String systemText(String kind, Iterable<String> users, String detail) {
    String told = SYSTEM + kind + ":" + String.join(",", users);
    return detail.isEmpty() ? told : told + ":" + detail;
  }

  /// The text that stands for a forwarded message; without the sender's name where it is hidden.
  public static String forwardedText(String sender, String text) {
    return FORWARDED + sender + ":" + text;
  }

  /// Whether it was forwarded, and has not been edited since.
  public boolean isForwarded() {
    return text.startsWith(FORWARDED);
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
    return new Item(
        sequence, otherRevision, sender, clientMessageId, other, countable, headers, fate);
  }

  /// The same message with other headers.
  public Item with(Headers others) {
    return new Item(sequence, revision, sender, clientMessageId, text, countable, others, fate);
  }

  /// The same message with another fate.
  public Item with(Fate other) {
    return new Item(sequence, revision, sender, clientMessageId, text, countable, headers, other);
  }

  /// Whether both are the same message in the same state, reactions aside; a system message's
  /// client message id is the store's own.
  public boolean sameAs(Item other) {
    return sequence == other.sequence
        && revision == other.revision
        && sender.equals(other.sender)
        && text.equals(other.text)
        && headers.equals(other.headers)
        && fate.sameButReactions(other.fate)
        && (isSystem()
            || (countable == other.countable && clientMessageId.equals(other.clientMessageId)));
  }
}
