// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

/// How a push ended, beside the reasons for none. The number is for the store; it never changes.
public enum PushEnding {
  /// The push service has it.
  ACCEPTED(20),
  /// The push service calls the registration dead.
  TOKEN_GONE(21),
  /// The push service will never take it.
  REFUSED(22),
  /// The push service could not take it until it was of no use any more.
  EXPIRED(23);

  private final int number;

  PushEnding(int number) {
    this.number = number;
  }

  /// The number in the store.
  public int number() {
    return number;
  }
}
