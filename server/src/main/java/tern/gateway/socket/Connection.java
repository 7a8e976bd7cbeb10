// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import tern.session.CloseCode;
import tern.session.Outbox;
import tern.session.OutgoingFrame;
import tern.session.Subprotocol;
import tern.v1.ServerFrame;

/// One WebSocket, as those see it who answer its frames. What it offers may be called from any
/// thread; its outbox is owned by the socket's event loop.
public final class Connection {
  private final Outbox outbox;
  private final String remoteAddress;
  private final SocketRules rules;
  private final long number;

  Connection(Outbox outbox, String remoteAddress, SocketRules rules) {
    this.outbox = outbox;
    this.remoteAddress = remoteAddress;
    this.rules = rules;
    this.number = rules.nextConnection();
  }

  /// The queue to the socket.
  public Outbox outbox() {
    return outbox;
  }

  /// The client's address; `X-Forwarded-For` is believed from trusted proxies only.
  public String remoteAddress() {
    return remoteAddress;
  }

  /// Unique among all connections of all nodes, for logs and support requests.
  public String id() {
    return rules.idOf(number);
  }

  /// Sends the answer to the request with this id.
  public void answer(int id, ServerFrame.Builder frame) {
    send(frame.setId(id).build());
  }

  /// Sends a frame; encodes it on the caller's thread.
  public void send(ServerFrame frame) {
    Subprotocol subprotocol = outbox.subprotocol();
    OutgoingFrame outgoing = new OutgoingFrame(_ -> FrameCodec.encode(subprotocol, frame));
    EventLoop eventLoop = outbox.eventLoop();
    if (eventLoop.inEventLoop()) {
      offer(outgoing);
      return;
    }
    outgoing.framed(subprotocol).release();
    try {
      eventLoop.execute(() -> offer(outgoing));
    } catch (RejectedExecutionException _) {
      // The event loop has ended, and the socket with it.
      outgoing.release();
    }
  }

  /// Runs a task on the socket's event loop, later; drops it when that has ended.
  public void later(Runnable task) {
    try {
      outbox.eventLoop().execute(task);
    } catch (RejectedExecutionException _) {
      // The event loop has ended, and the socket with it.
    }
  }

  /// Says goodbye with this code and closes; the client may come back at a time that the node
  /// draws.
  public void close(CloseCode code) {
    close(code, rules.comeBack.after(code));
  }

  /// Says goodbye with this code and closes; a code without return ignores the duration.
  public void close(CloseCode code, Duration comeBackAfter) {
    EventLoop eventLoop = outbox.eventLoop();
    if (eventLoop.inEventLoop()) {
      outbox.close(code, comeBackAfter);
      return;
    }
    try {
      eventLoop.execute(() -> outbox.close(code, comeBackAfter));
    } catch (RejectedExecutionException _) {
      // The event loop has ended, and the socket with it.
    }
  }

  @Override
  public String toString() {
    return id();
  }

  private void offer(OutgoingFrame frame) {
    try {
      outbox.offer(frame);
    } finally {
      frame.release();
    }
  }
}
