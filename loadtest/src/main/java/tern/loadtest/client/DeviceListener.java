// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import java.util.Optional;
import tern.v1.ClientFrame;
import tern.v1.ServerFrame;

/// Sees everything that a device sends and receives, in order, on the device's event loop.
public interface DeviceListener {
  /// What the device is about to say first; what is returned is said.
  default ClientFrame greet(ClientFrame hello) {
    return hello;
  }

  /// A frame leaves; called before it does.
  default void sent(ClientFrame frame) {}

  /// A frame came; `asked` is the request that it answers, empty for news. Called before the
  /// device draws its own conclusions, so that what it sends in consequence is seen after it.
  default void received(ServerFrame frame, Optional<ClientFrame> asked) {}

  /// The socket is gone, with this close code (1006 when there was none).
  default void closed(int code) {}
}
