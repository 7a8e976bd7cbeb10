// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// The event loops that all sockets of this process share, and the way to open one more socket.
public final class Sockets implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MS = 5_000;

  private final EventLoopGroup loops;
  private final SslContext tls;

  /// Starts `threads` event loops.
  public Sockets(int threads) {
    this.loops = new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
    try {
      this.tls = SslContextBuilder.forClient().build();
    } catch (SSLException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /// The loop that the next device lives on for good.
  public EventLoop nextLoop() {
    return loops.next();
  }

  /// Never blocks; the outcome is told to the listener, on `loop`.
  void open(EventLoop loop, Address address, SocketListener listener) {
    connect(bootstrap(loop, address, listener), address, listener);
  }

  /// Likewise, from one of this machine's own addresses: a port of a server takes about 28,000
  /// connections of each.
  void openFrom(String source, EventLoop loop, Address address, SocketListener listener) {
    connect(
        bootstrap(loop, address, listener).localAddress(new InetSocketAddress(source, 0)),
        address,
        listener);
  }

  private Bootstrap bootstrap(EventLoop loop, Address address, SocketListener listener) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                begin(channel, address, listener);
              }
            });
  }

  private static void connect(Bootstrap bootstrap, Address address, SocketListener listener) {
    ChannelFuture _ =
        bootstrap
            .connect(address.host(), address.port())
            .addListener(
                connected -> {
                  if (!connected.isSuccess()) {
                    listener.closed(1006);
                  }
                });
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private void begin(Channel channel, Address address, SocketListener listener) {
    if (address.secure()) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc(), address.host(), address.port()));
    }
    channel.pipeline().addLast(new Handshake(address, new Socket(channel, listener)));
  }
}
