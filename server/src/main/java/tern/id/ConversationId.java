// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.id;

import java.util.UUID;

/// Where messages are exchanged; random, so that it carries no order and shards. Its text is the
/// same everywhere: a UUID's 36 characters.
public record ConversationId(UUID value) {
  /// Reads the text form; throws `IllegalArgumentException` for any other text.
  public static ConversationId parse(String text) {
    return new ConversationId(UuidText.parse("conversation id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
