// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import tern.v1.ServerFrame;

/// Hears of one socket; always called on the socket's event loop.
interface SocketListener {
  /// The upgrade succeeded: frames may be sent from now on.
  void opened(Socket socket);

  /// One frame came.
  void received(Socket socket, ServerFrame frame);

  /// The socket is gone, or never came to be. Called exactly once, with the close code of the
  /// server or 1006 when there was none.
  void closed(int code);
}
