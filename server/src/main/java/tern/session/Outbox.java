// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The bounded queue to one socket. Netty's own outbound buffer is the queue; what is offered
/// during one tick leaves in one flush.
///
/// Owned by the socket's event loop. A reader that falls behind by more than the bound is closed
/// with [CloseCode#SLOW]. Ends with [#close], or when the peer closes; what is offered later is
/// dropped.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write closes the channel, which is heard of
public final class Outbox {
  private final Channel channel;
  private final Subprotocol subprotocol;
  private final OutboxRules rules;
  private final FlushTick tick;
  private boolean written;
  private boolean open = true;
  private @Nullable CloseCode closedWith; // null: open, or closed by the peer
  private Duration toldToComeBack = Duration.ZERO;
  private @Nullable Queue<Runnable> waitingForRoom; // null: as for nearly all sockets, nobody
  private @Nullable ByteBuf pong; // answers the newest ping; null: none is owed
  private @Nullable ScheduledFuture<?> hardClose; // null: not closing

  /// Takes the socket's channel, which from now on only this writes to.
  public Outbox(Channel channel, Subprotocol subprotocol, OutboxRules rules, FlushTick tick) {
    this.channel = channel;
    this.subprotocol = subprotocol;
    this.rules = rules;
    this.tick = tick;
    channel.config().setWriteBufferWaterMark(rules.waterMark());
  }

  /// The event loop that owns this outbox.
  public EventLoop eventLoop() {
    return channel.eventLoop();
  }

  /// How frames are written on this socket.
  public Subprotocol subprotocol() {
    return subprotocol;
  }

  /// Whether an offered frame still has a chance to arrive.
  public boolean isOpen() {
    return open;
  }

  /// Why the server closed the socket; empty while it is open, and when the peer closed it.
  public Optional<CloseCode> closedWith() {
    return Optional.ofNullable(closedWith);
  }

  /// How long the peer was told to wait before it comes back; zero while it is open, and when the
  /// peer closed it.
  public Duration toldToComeBack() {
    return toldToComeBack;
  }

  /// Queues a frame, or drops it when the outbox is closed; the caller still holds the frame.
  public void offer(OutgoingFrame frame) {
    assert eventLoop().inEventLoop();
    if (!open) {
      return;
    }
    ByteBuf framed = frame.framed(subprotocol);
    // One page may exceed the bound by itself: it is what waits before a frame that counts.
    int bytes = framed.readableBytes();
    write(framed);
    if (pendingBytes() - bytes > rules.maxBytes()) {
      // A burst within one tick is not yet a slow reader: see what the socket takes.
      channel.flush();
      if (pendingBytes() - bytes > rules.maxBytes()) {
        close(CloseCode.SLOW);
      }
    }
  }

  /// Whether less than half the bound is waiting; after that was exceeded, less than a quarter.
  public boolean hasRoom() {
    return open && channel.isWritable();
  }

  /// Runs the task once there is room: now, if there is. It does not run once this has closed.
  public void whenRoom(Runnable task) {
    assert eventLoop().inEventLoop();
    if (hasRoom()) {
      task.run();
    } else if (open) {
      if (waitingForRoom == null) {
        waitingForRoom = new ArrayDeque<>(2);
      }
      waitingForRoom.add(task);
    }
  }

  /// Asks the peer for a sign of life.
  public void ping() {
    if (open) {
      write(WebSocketFraming.PING.duplicate());
    }
  }

  /// Answers a ping. Only the newest unanswered one is remembered, and it waits while the peer
  /// reads too little: pings can't fill the queue.
  public void pong(ByteBuf payload) {
    assert eventLoop().inEventLoop();
    if (open) {
      ReferenceCountUtil.release(pong);
      pong = WebSocketFraming.frame(WebSocketFraming.PONG, payload);
      awaitFlush();
    }
  }

  /// To be called when the channel's writability has changed.
  public void writabilityChanged() {
    if (pong != null && hasRoom()) {
      awaitFlush();
    }
    while (waitingForRoom != null && hasRoom()) {
      Runnable task = waitingForRoom.poll();
      if (task == null) {
        waitingForRoom = null;
      } else {
        task.run();
      }
    }
  }

  /// Like [#close(CloseCode, Duration)], at a time that the node draws.
  public void close(CloseCode code) {
    close(code, rules.comeBack(code));
  }

  /// Tells the peer why and when to come back, then waits a bounded time for it to close.
  public void close(CloseCode code, Duration comeBackAfter) {
    assert eventLoop().inEventLoop();
    if (!open) {
      return;
    }
    closedWith = code;
    toldToComeBack = comeBackAfter;
    stopQueueing();
    OutgoingFrame goodbye =
        new OutgoingFrame(_ -> rules.goodbye().encoded(subprotocol, code, comeBackAfter));
    channel.write(goodbye.framed(subprotocol), channel.voidPromise());
    goodbye.release();
    channel.writeAndFlush(
        WebSocketFraming.close(code.number(), code.name()), channel.voidPromise());
  }

  /// To be called with the code of the peer's close frame, 0 if it had none: answers it, unless it
  /// is itself the answer, and closes the channel.
  public void closeByPeer(int number) {
    assert eventLoop().inEventLoop();
    if (!open) {
      channel.close();
      return;
    }
    stopQueueing();
    ByteBuf echo = number == 0 ? WebSocketFraming.bareClose() : WebSocketFraming.close(number, "");
    channel.writeAndFlush(echo).addListener(ChannelFutureListener.CLOSE);
  }

  /// To be called when the channel is gone.
  public void channelClosed() {
    dropAll();
    if (hardClose != null) {
      hardClose.cancel(false);
    }
  }

  void flush() {
    written = false;
    if (pong != null && hasRoom()) {
      channel.write(pong, channel.voidPromise());
      pong = null;
    }
    channel.flush();
  }

  private void write(ByteBuf bytes) {
    channel.write(bytes, channel.voidPromise());
    awaitFlush();
  }

  private void awaitFlush() {
    if (!written) {
      written = true;
      tick.add(this);
    }
  }

  private void dropAll() {
    open = false;
    waitingForRoom = null;
    ReferenceCountUtil.release(pong);
    pong = null;
  }

  private void stopQueueing() {
    dropAll();
    hardClose =
        eventLoop().schedule(this::closeHard, rules.closing().toNanos(), TimeUnit.NANOSECONDS);
  }

  /// The peer had its time. A reset frees what it never read in the kernel, too.
  private void closeHard() {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    // Past TLS's own farewell, which would wait behind the unread bytes.
    channel.unsafe().close(channel.newPromise());
  }

  private long pendingBytes() {
    return channel.isWritable()
        ? rules.waterMark().high() - channel.bytesBeforeUnwritable()
        : rules.waterMark().low() + channel.bytesBeforeWritable();
  }
}
