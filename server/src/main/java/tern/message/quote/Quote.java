// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.quote;

import com.google.protobuf.ByteString;
import tern.id.UserId;
import tern.message.MessageState;

/// A message that another one answers.
public sealed interface Quote {
  /// Its sequence.
  long sequence();

  /// It may be read.
  ///
  /// @param revision of its latest change
  /// @param state what became of it since it was sent
  /// @param body content and headers, encoded; empty when it was deleted
  record Shown(long sequence, long revision, UserId sender, MessageState state, ByteString body)
      implements Quote {}

  /// It may not be read, is no longer kept, or never was: which of these is not told.
  record Unavailable(long sequence) implements Quote {}
}
