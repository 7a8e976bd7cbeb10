// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.quote;

import com.google.protobuf.ByteString;

/// Finds in a body which message it answers; the gateway's business, for bodies are in the words of
/// the wire.
@FunctionalInterface
public interface RepliedTo {
  /// The sequence of the message that the one with this body answers; 0 for none, and for a body
  /// that is empty. Whatever its sender wrote: it may be of no message at all.
  long of(ByteString body);
}
