// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.VertxHandler;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tern.gateway.http.Handshake.Judgement.Accepted;
import tern.gateway.socket.ConnectionReader;
import tern.gateway.socket.GatewayLoop;

/// Stands between Vert.x's HTTP codec and its handler, and takes the channel over when a good
/// upgrade comes: no request, response or queue of Vert.x is ever made for a WebSocket.
///
/// The only class that knows Vert.x's inside (5.0: the names of its channel handlers, and how it
/// books a connection as gone). REST passes through untouched. Owned by the channel's event loop.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write closes the channel, which is heard of
final class Takeover extends ChannelDuplexHandler {
  private static final String VERTX_HANDLER = "handler";
  private static final String HTTP_DECODER = "httpDecoder";

  private final Handshake handshake;
  private final TrustedProxies proxies;
  private final GatewayLoop loop;
  private int unanswered; // requests that were passed on and have no complete response yet
  private @Nullable HttpRequest upgrade; // null: no good upgrade has come
  private @Nullable Accepted accepted; // null together with upgrade
  private @Nullable ScheduledFuture<?> deadline; // null: the first request has come

  private Takeover(Handshake handshake, TrustedProxies proxies, GatewayLoop loop) {
    this.handshake = handshake;
    this.proxies = proxies;
    this.loop = loop;
  }

  /// To be called on the connection's event loop before it has read anything.
  static void await(
      HttpConnection connection, Handshake handshake, TrustedProxies proxies, GatewayLoop loop) {
    ChannelPipeline pipeline =
        ((HttpServerConnection) connection).channelHandlerContext().pipeline();
    // HTTP/2 has no such decoder, and no upgrade.
    if (pipeline.get(HTTP_DECODER) != null) {
      pipeline.addBefore(VERTX_HANDLER, "upgrade", new Takeover(handshake, proxies, loop));
    }
  }

  static EventLoop eventLoopOf(Context context) {
    return ((ContextInternal) context).nettyEventLoop();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    long timeout = loop.rules().config().helloTimeout().toNanos();
    deadline = ctx.executor().schedule(() -> ctx.channel().close(), timeout, TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    cancelDeadline();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object part) {
    if (upgrade != null && accepted != null) {
      ReferenceCountUtil.release(part);
      if (part instanceof LastHttpContent) {
        // Not before: frames that came with the request would overtake its end.
        take(ctx, upgrade, accepted);
      }
      return;
    }
    if (part instanceof HttpRequest request) {
      cancelDeadline();
      if (unanswered == 0 && isUpgrade(request)) {
        return;
      }
      unanswered++;
    }
    ctx.fireChannelRead(part);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object part, ChannelPromise promise) {
    if (part instanceof LastHttpContent && !isInterim(part)) {
      unanswered--;
    }
    ctx.write(part, promise);
  }

  private static boolean isInterim(Object part) {
    return part instanceof HttpResponse response && response.status().code() < 200;
  }

  private boolean isUpgrade(HttpRequest request) {
    if (!Handshake.isSocketPath(request.uri()) || !request.decoderResult().isSuccess()) {
      return false;
    }
    boolean http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    Handshake.Judgement judgement =
        handshake.judge(request.method().name(), http11, request.headers()::getAll);
    if (judgement instanceof Accepted yes) {
      upgrade = request;
      accepted = yes;
    }
    return upgrade != null;
  }

  private void take(ChannelHandlerContext ctx, HttpRequest request, Accepted yes) {
    Channel channel = ctx.channel();
    ChannelPipeline pipeline = ctx.pipeline();
    String remoteAddress =
        proxies.clientOf(
            (InetSocketAddress) channel.remoteAddress(),
            request.headers().getAll("X-Forwarded-For"));
    ConnectionReader reader = new ConnectionReader(loop, channel, yes.subprotocol(), remoteAddress);
    ChannelHandlerContext vertx = pipeline.context(VERTX_HANDLER);
    ((VertxHandler<?>) vertx.handler()).channelInactive(vertx);
    pipeline.addLast(reader);
    for (Map.Entry<String, ChannelHandler> entry : pipeline.toMap().entrySet()) {
      ChannelHandler handler = entry.getValue();
      boolean stays = handler == this || handler == reader || handler instanceof SslHandler;
      if (!stays && !entry.getKey().equals(HTTP_DECODER)) {
        pipeline.remove(handler);
      }
    }
    channel.writeAndFlush(response(ctx, yes), channel.voidPromise());
    channel.config().setAutoRead(true);
    reader.open();
    pipeline.remove(this);
    // Last, because it hands the bytes that it has already read to the reader.
    pipeline.remove(HTTP_DECODER);
  }

  private static ByteBuf response(ChannelHandlerContext ctx, Accepted yes) {
    return ByteBufUtil.writeAscii(
        ctx.alloc(),
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + yes.acceptKey()
            + "\r\nSec-WebSocket-Protocol: "
            + yes.subprotocol().token()
            + "\r\n\r\n");
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
