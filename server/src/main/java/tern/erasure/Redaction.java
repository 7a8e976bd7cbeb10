// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.erasure;

import com.google.protobuf.ByteString;
import tern.id.UserId;

/// Takes a user's name out of messages that others wrote; the gateway's business, for the words on
/// the wire are its own.
public interface Redaction {
  /// The body with `pseudonym` wherever it names `user` in a field of its own: among the mentioned,
  /// as the one whom something happened to, or as who wrote what was forwarded. The same body where
  /// it names nobody so: a word of a text is its writer's.
  ByteString without(ByteString body, UserId user, UserId pseudonym);
}
