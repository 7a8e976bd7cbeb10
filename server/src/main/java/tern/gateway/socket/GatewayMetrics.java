// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import tern.session.CloseCode;

/// What happens at the sockets, for counting. Called on event loops; must not block.
public interface GatewayMetrics {
  /// A WebSocket was opened.
  void opened();

  /// A WebSocket that had been opened is gone, for whatever reason.
  void closed();

  /// The server closed it with this code; comes before [#closed]. Many SLOW: clients or network are
  /// too slow for what they are sent. Any INTERNAL_ERROR is a fault.
  void closedByServer(CloseCode code);

  /// A handshake was answered with this HTTP status instead of an upgrade.
  void upgradeRefused(int status);

  /// A client frame came, with so many bytes.
  void frameReceived(int bytes);

  /// A client frame was refused because its connection sends too many.
  void frameRefused();
}
