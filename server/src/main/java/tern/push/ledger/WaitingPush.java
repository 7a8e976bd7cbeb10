// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.ledger;

import java.time.Instant;

/// A push that waits in the store.
///
/// @param range the messages that it is about
/// @param dueAt when it is looked at again
/// @param expiresAt by when it is of no use any more
/// @param attempts how often the push service could not take it
public record WaitingPush(
    PushPlace place,
    Kind kind,
    SequenceRange range,
    Instant dueAt,
    Instant expiresAt,
    int attempts) {
  /// What it does; the number is for the store and never changes.
  public enum Kind {
    /// Tells of messages.
    NEWS(1),
    /// Tells of messages once quiet hours have ended.
    HELD(2),
    /// Takes a banner away.
    CLEAR(3);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    /// The one with this number.
    public static Kind of(int number) {
      return values()[number - 1];
    }
  }

  /// The same, looked at again then.
  public WaitingPush dueAt(Instant due) {
    return new WaitingPush(place, kind, range, due, expiresAt, attempts);
  }

  /// This and another of the same place and kind as one, as the store joins them.
  public WaitingPush joined(WaitingPush other) {
    return new WaitingPush(
        place,
        kind,
        range.joined(other.range),
        dueAt.isBefore(other.dueAt) ? dueAt : other.dueAt,
        expiresAt.isAfter(other.expiresAt) ? expiresAt : other.expiresAt,
        Math.max(attempts, other.attempts));
  }

  /// The same, after one attempt more.
  public WaitingPush tried() {
    return new WaitingPush(place, kind, range, dueAt, expiresAt, attempts + 1);
  }
}
