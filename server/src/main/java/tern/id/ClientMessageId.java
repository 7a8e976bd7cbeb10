// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

import java.util.UUID;

/// The id that a sender chose for a message; makes a repeat harmless. Its text is the same
/// everywhere: a UUID's 36 characters.
public record ClientMessageId(UUID value) {
  /// Reads the text form; throws `IllegalArgumentException` for any other text.
  public static ClientMessageId parse(String text) {
    return new ClientMessageId(UuidText.parse("client message id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
