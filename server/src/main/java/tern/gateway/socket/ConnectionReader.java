// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.session.CloseCode;
import tern.session.Outbox;
import tern.session.Subprotocol;

/// The end of a socket's pipeline: keeps its deadlines, answers its control frames, and hands its
/// messages to the [FrameGate]. Owned by the socket's event loop; ends with the channel.
public final class ConnectionReader extends ChannelInboundHandlerAdapter
    implements WebSocketDecoder.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionReader.class);

  /// A `Hello` is a token (8 KiB at most) and some ids: who is not yet known gets no more.
  private static final int MAX_HELLO_BYTES = 16 * 1024;

  private final GatewayLoop loop;
  private final SocketRules rules;
  private final Connection connection;
  private final FrameGate gate;
  private final WebSocketDecoder decoder;
  private long lastReadNanos; // until the Hello: when the socket was opened
  private boolean pinged;

  /// Where it stands in the loop's list; -1 when it is not there.
  int place = -1;

  /// Takes a channel that has become a WebSocket.
  public ConnectionReader(
      GatewayLoop loop, Channel channel, Subprotocol subprotocol, String remoteAddress) {
    this.loop = loop;
    this.rules = loop.rules();
    Outbox outbox = new Outbox(channel, subprotocol, rules.outbox, loop.flushTick());
    this.connection = new Connection(outbox, remoteAddress, rules);
    this.gate = new FrameGate(connection, rules);
    this.decoder =
        new WebSocketDecoder(this, Math.min(MAX_HELLO_BYTES, rules.config.maxFrameBytes()));
    this.lastReadNanos = rules.nanoClock.getAsLong();
  }

  /// The handshake is answered: the socket begins. To be called once, before any byte is read.
  public void open() {
    rules.metrics.opened();
    loop.add(this);
    if (!rules.admit()) {
      close(CloseCode.OVERLOADED, rules.comeBack.afterOverload());
    } else if (loop.isDraining()) {
      close(CloseCode.GOING_AWAY, rules.comeBack.afterDrain());
    } else {
      gate.open();
    }
  }

  /// Another second went by.
  void tick(long now) {
    if (!connection.outbox().isOpen()) {
      return;
    }
    long silent = now - lastReadNanos;
    long pingInterval = rules.config.pingInterval().toNanos();
    if (!gate.isGreeted()) {
      if (silent >= rules.config.helloTimeout().toNanos()) {
        close(CloseCode.HELLO_TIMEOUT, rules.comeBack.soon());
      }
    } else if (pinged && silent >= 2 * pingInterval) {
      close(CloseCode.IDLE, rules.comeBack.soon());
    } else if (!pinged && silent >= pingInterval) {
      pinged = true;
      // However late this look came: from here on the peer has a whole interval to answer.
      lastReadNanos = now - pingInterval;
      connection.outbox().ping();
    }
    gate.tick(now);
  }

  /// Closes, if all that was asked for is answered or there is no more time; returns whether it is
  /// closed.
  boolean drain(boolean outOfTime) {
    if (outOfTime || !gate.hasRequestsInFlight()) {
      close(CloseCode.GOING_AWAY, rules.comeBack.afterDrain());
    } else {
      gate.stop();
    }
    return !connection.outbox().isOpen();
  }

  /// Something of ours went wrong on this connection.
  void fail(Throwable cause) {
    LOG.error("connection failed id={}", connection.id(), cause);
    close(CloseCode.INTERNAL_ERROR, rules.comeBack.soon());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    if (gate.isGreeted()) {
      lastReadNanos = rules.nanoClock.getAsLong();
      pinged = false;
    }
    decoder.decode((ByteBuf) bytes, ctx.alloc());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    connection.outbox().writabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    decoder.stop();
    connection.outbox().closedWith().ifPresent(rules.metrics::closedByServer);
    connection.outbox().channelClosed();
    loop.remove(this);
    rules.leave();
    rules.metrics.closed();
    gate.close();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the channel's end is heard of
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || cause instanceof DecoderException) {
      // The network or TLS: the peer's matter.
      ctx.close();
    } else {
      fail(cause);
    }
  }

  @Override
  public void message(boolean text, ByteBuf payload) {
    boolean known = gate.isGreeted();
    gate.receive(text, payload);
    if (!known && gate.isGreeted()) {
      lastReadNanos = rules.nanoClock.getAsLong();
      decoder.limit(rules.config.maxFrameBytes());
    }
  }

  @Override
  public void ping(ByteBuf payload) {
    if (gate.admitsControlFrame()) {
      connection.outbox().pong(payload);
    }
  }

  @Override
  public void pong() {
    // Whatever was read has already proved that the peer lives; what is left is to count it.
    gate.admitsControlFrame();
  }

  @Override
  public void close(ByteBuf payload) {
    decoder.stop();
    int length = payload.readableBytes();
    int code = length < Short.BYTES ? 0 : payload.readUnsignedShort();
    if (length == 1 || (length > 0 && !mayBeSent(code))) {
      violated(CloseCode.PROTOCOL_ERROR);
    } else if (!isUtf8(payload)) {
      violated(CloseCode.INVALID_PAYLOAD);
    } else {
      connection.outbox().closeByPeer(code);
    }
  }

  @Override
  public void violated(CloseCode code) {
    close(code, Duration.ZERO);
  }

  private void close(CloseCode code, Duration comeBackAfter) {
    connection.outbox().close(code, comeBackAfter);
  }

  /// [RFC 6455, 7.4](https://www.rfc-editor.org/rfc/rfc6455#section-7.4) and the registry it began.
  private static boolean mayBeSent(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  private static boolean isUtf8(ByteBuf bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.nioBuffer());
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
