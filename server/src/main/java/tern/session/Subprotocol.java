// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import java.util.Optional;

/// How frames are written on one socket, chosen by the client in its handshake.
public enum Subprotocol {
  /// Binary messages, each one encoded frame.
  PROTO("tern.v1.proto", 0x2),
  /// Text messages, each one frame as protobuf JSON.
  JSON("tern.v1.json", 0x1);

  private final String token;
  private final int opcode;

  Subprotocol(String token, int opcode) {
    this.token = token;
    this.opcode = opcode;
  }

  /// Returns the subprotocol that a handshake calls by this token, if there is one.
  public static Optional<Subprotocol> of(String token) {
    for (Subprotocol subprotocol : values()) {
      if (subprotocol.token.equals(token)) {
        return Optional.of(subprotocol);
      }
    }
    return Optional.empty();
  }

  /// The name in `Sec-WebSocket-Protocol`.
  public String token() {
    return token;
  }

  /// The WebSocket opcode of its messages.
  public int opcode() {
    return opcode;
  }
}
