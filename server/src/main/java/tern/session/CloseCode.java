// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

/// Why the server closes a socket: all codes that a client can see, and whether it may come back.
///
/// 4000–4499 invite the client back, 4500–4999 do not; below 4000 the codes are those of [RFC
/// 6455](https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1). A number never changes its meaning.
public enum CloseCode {
  /// The client closed; this is the echo.
  NORMAL(1000, true),
  /// The bytes are no WebSocket: unmasked, reserved bits, a fragment out of place.
  PROTOCOL_ERROR(1002, false),
  /// A text message on the binary subprotocol, or the reverse.
  UNSUPPORTED_DATA(1003, false),
  /// A text message that is not UTF-8, or a message that holds no frame.
  INVALID_PAYLOAD(1007, false),
  /// A frame or message beyond the limit.
  TOO_BIG(1009, false),
  /// A fault of the server.
  INTERNAL_ERROR(1011, true),
  /// The node shuts down; another one, or the same, will be there at the time told.
  GOING_AWAY(1012, true),

  /// No `Hello` within the deadline.
  HELLO_TIMEOUT(4000, true),
  /// No answer to a ping: the client was taken for dead.
  IDLE(4001, true),
  /// The client reads more slowly than it is written to; come back and catch up.
  SLOW(4002, true),
  /// The access token ran out; come back with a fresh one.
  TOKEN_EXPIRED(4003, true),
  /// The node can't take more now, or more from this address; come back at the time told.
  OVERLOADED(4004, true),
  /// The client goes on sending far more than its rate allows; come back at the time told.
  TOO_MANY_FRAMES(4005, true),

  /// The access token does not verify, was revoked, or is another device's.
  UNAUTHENTICATED(4500, false),
  /// The first frame was no `Hello`, or a second one came.
  HELLO_EXPECTED(4501, false),
  /// The `Hello` names no proper device or instance.
  INVALID_HELLO(4502, false),
  /// The refreshed token belongs to another user.
  WRONG_USER(4503, false),
  /// The same instance of the device has connected again; that socket goes on.
  REPLACED(4504, false),
  /// The device has eight sessions already, or twenty other devices of the user have some.
  TOO_MANY_SESSIONS(4505, false),
  /// The app has banned or deactivated the user.
  BARRED(4506, false),
  /// The app's backend has ended this session.
  DISCONNECTED(4507, false);

  private final int number;
  private final boolean mayComeBack;

  CloseCode(int number, boolean mayComeBack) {
    this.number = number;
    this.mayComeBack = mayComeBack;
  }

  /// The number in the WebSocket close frame.
  public int number() {
    return number;
  }

  /// Whether the client may connect again.
  public boolean mayComeBack() {
    return mayComeBack;
  }
}
