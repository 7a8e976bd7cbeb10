// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.message.system;

import com.google.protobuf.ByteString;

/// Makes the bodies of system messages; the gateway's business, for the words on the wire are its
/// own.
public interface SystemBodies {
  /// The encoded content and headers of a message that tells of this; not countable.
  ByteString of(SystemEvent event);
}
