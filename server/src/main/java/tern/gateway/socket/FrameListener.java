// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import tern.v1.ClientFrame;

/// Hears what happens on one connection. All calls come on the connection's event loop and must not
/// block.
public interface FrameListener {
  /// A frame came; the first is a `Hello`, and no later one is.
  void frameReceived(ClientFrame frame);

  /// Another second went by; the time is that of the gateway's clock.
  void ticked(long nowNanos);

  /// The socket is gone. The last call; comes exactly once.
  void closed();

  /// Whether answers are still owed. A draining gateway lets a connection finish what it has asked
  /// for before it closes it.
  default boolean hasRequestsInFlight() {
    return false;
  }
}
