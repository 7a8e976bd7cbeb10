// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import io.netty.buffer.ByteBuf;
import java.time.Duration;

/// Encodes the last frame on a socket, so that an outbox need not know the protocol.
@FunctionalInterface
public interface Goodbye {
  /// Returns the encoded frame that tells why the socket closes and when to come back.
  ByteBuf encoded(Subprotocol subprotocol, CloseCode code, Duration comeBackAfter);
}
