// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.decision;

/// Why a message brings a device no push. The number is for the store; it never changes.
public enum Suppression {
  /// The recipient sent it.
  OWN_MESSAGE(1),
  /// Its sender wants no push, or it is a system message.
  SILENT(2),
  /// Conversations of its kind bring none.
  KIND_HAS_NONE(3),
  /// The recipient blocks its sender.
  BLOCKED(4),
  /// The recipient has muted the conversation or its sender.
  MUTED(5),
  /// The recipient wants pushes about less than this.
  PREFERENCE(6),
  /// There is no address to push to.
  NO_REGISTRATION(7),
  /// The user has read it.
  READ(8),
  /// The device has shown that it knows of it, while the person looked.
  ACKNOWLEDGED(9),
  /// It was deleted before it could be pushed.
  DELETED(10);

  private final int number;

  Suppression(int number) {
    this.number = number;
  }

  /// The number in the store.
  public int number() {
    return number;
  }
}
