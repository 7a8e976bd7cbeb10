// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tern.gateway.socket.FrameCodec.Decoded;
import tern.session.CloseCode;
import tern.session.Subprotocol;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.Error;
import tern.v1.ErrorCode;
import tern.v1.ServerFrame;

/// Lets through to the listener what is a frame, within the rate, and begins with `Hello`; answers
/// or closes upon everything else. Owned by the socket's event loop.
public final class FrameGate {
  private final Connection connection;
  private final SocketRules rules;
  private final FrameRate rate;
  private FrameListener listener = Nobody.LISTENS;
  private boolean greeted;
  private boolean stopped;

  FrameGate(Connection connection, SocketRules rules) {
    this.connection = connection;
    this.rules = rules;
    this.rate = new FrameRate(rules);
  }

  /// Finds the listener. Without this call nobody listens.
  void open() {
    listener = rules.listeners.apply(connection);
  }

  /// Whether the `Hello` has come.
  boolean isGreeted() {
    return greeted;
  }

  boolean hasRequestsInFlight() {
    return listener.hasRequestsInFlight();
  }

  /// From now on no frame is handed on.
  void stop() {
    stopped = true;
  }

  void tick(long now) {
    rate.ticked();
    listener.ticked(now);
  }

  /// The socket is gone.
  void close() {
    FrameListener last = listener;
    listener = Nobody.LISTENS;
    last.closed();
  }

  /// Whether a ping or pong is within the rate.
  boolean admitsControlFrame() {
    long wait = rate.tryPass();
    closeIfFlood();
    return wait == 0;
  }

  void receive(boolean text, ByteBuf payload) {
    if (stopped || !connection.outbox().isOpen()) {
      return;
    }
    rules.metrics.frameReceived(payload.readableBytes());
    Subprotocol subprotocol = connection.outbox().subprotocol();
    if (text != (subprotocol == Subprotocol.JSON)) {
      close(CloseCode.UNSUPPORTED_DATA);
      return;
    }
    switch (FrameCodec.decode(subprotocol, payload)) {
      case Decoded.Known(ClientFrame frame) -> receive(frame);
      case Decoded.Unknown(int id) -> receiveUnknown(id);
      case Decoded.Undecodable() -> close(CloseCode.INVALID_PAYLOAD);
    }
  }

  private void receive(ClientFrame frame) {
    if (greeted == frame.hasHello()) {
      close(CloseCode.HELLO_EXPECTED);
      return;
    }
    long wait = rate.tryPass();
    if (wait > 0) {
      if (expectsErrors(frame)) {
        refuse(frame.getId(), wait);
      }
      closeIfFlood();
      return;
    }
    greeted = true;
    listener.frameReceived(frame);
  }

  private void receiveUnknown(int id) {
    if (!greeted) {
      close(CloseCode.HELLO_EXPECTED);
      return;
    }
    long wait = rate.tryPass();
    if (wait > 0) {
      refuse(id, wait);
      closeIfFlood();
      return;
    }
    Error.Builder error =
        Error.newBuilder()
            .setCode(ErrorCode.ERROR_CODE_UNSUPPORTED)
            .setMessage("kind of frame: unknown (expected: one of tern.v1.ClientFrame)");
    connection.answer(id, ServerFrame.newBuilder().setError(error));
  }

  /// Whether an error may answer the frame: Acknowledge and SetTyping with id 0 ask for no answer
  /// at all.
  public static boolean expectsErrors(ClientFrame frame) {
    return frame.getId() != 0
        || (frame.getFrameCase() != FrameCase.ACKNOWLEDGE
            && frame.getFrameCase() != FrameCase.SET_TYPING);
  }

  private void refuse(int id, long waitNanos) {
    rules.metrics.frameRefused();
    long waitMillis = TimeUnit.NANOSECONDS.toMillis(waitNanos) + 1;
    Error.Builder error =
        Error.newBuilder()
            .setCode(ErrorCode.ERROR_CODE_RATE_LIMITED)
            .setMessage("frames: too many (expected: <= " + rules.config.framesPerSecond() + "/s)")
            .setMayRetry(true)
            .setRetryAfterMs((int) waitMillis);
    connection.answer(id, ServerFrame.newBuilder().setError(error));
  }

  private void closeIfFlood() {
    if (rate.isFlood()) {
      connection.close(CloseCode.TOO_MANY_FRAMES, rules.comeBack.afterFlood());
    }
  }

  private void close(CloseCode code) {
    connection.close(code, Duration.ZERO);
  }

  /// Stands in before a socket is open and after it is gone.
  private enum Nobody implements FrameListener {
    LISTENS;

    @Override
    public void frameReceived(ClientFrame frame) {}

    @Override
    public void ticked(long nowNanos) {}

    @Override
    public void closed() {}
  }
}
