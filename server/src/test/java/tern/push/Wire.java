// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A wire on the loopback address to a service on it, whoever made that: it can be slow, cut, or
/// frozen, when sockets look open and nothing passes.
public final class Wire implements AutoCloseable {
  private static final String HOST = "localhost";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final int target;
  private final int port;
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<NetSocket> lost = ConcurrentHashMap.newKeySet();
  private volatile NetServer server;
  private volatile boolean isFrozen;
  private volatile boolean isCut;
  private volatile long delayMillis;

  /// A wire to this port.
  public Wire(Vertx vertx, int target) {
    this.vertx = vertx;
    this.target = target;
    this.server = listen(0);
    this.port = server.actualPort();
  }

  private NetServer listen(int port) {
    return waitFor(vertx.createNetServer().connectHandler(this::connect).listen(port, HOST));
  }

  private void connect(NetSocket client) {
    client.pause();
    keep(client);
    vertx
        .createNetClient()
        .connect(target, HOST)
        .onSuccess(
            service -> {
              keep(service);
              client.closeHandler(_ -> end(client, service));
              service.closeHandler(_ -> end(client, service));
              client.handler(bytes -> pass(bytes, service, 0));
              service.handler(bytes -> pass(bytes, client, delayMillis));
              client.resume();
            })
        .onFailure(_ -> client.close());
  }

  private void keep(NetSocket socket) {
    sockets.add(socket);
    socket.exceptionHandler(_ -> {});
  }

  private void end(NetSocket client, NetSocket service) {
    sockets.remove(client);
    sockets.remove(service);
    lost.remove(client);
    lost.remove(service);
    client.close();
    service.close();
  }

  private void pass(Buffer bytes, NetSocket to, long millis) {
    if (isFrozen || lost.contains(to)) {
      lost.add(to);
      return; // Lost for ever: nobody acknowledges, and nobody is told.
    }
    if (millis > 0) {
      vertx.setTimer(millis, _ -> to.write(bytes));
    } else {
      to.write(bytes);
    }
  }

  /// Where clients connect to.
  public int port() {
    return port;
  }

  /// Answers take so long from now on.
  public void delay(Duration time) {
    delayMillis = time.toMillis();
  }

  /// From now on nothing passes; sockets look open, and new ones too.
  public void freeze() {
    isFrozen = true;
  }

  /// Ends all connections, and refuses new ones.
  public void cut() {
    isCut = true;
    waitFor(server.close());
    sockets.forEach(NetSocket::close);
  }

  /// Carries again: new connections, to the same port; what was frozen is lost.
  public void mend() {
    isFrozen = false;
    if (isCut) {
      server = listen(port);
      isCut = false;
    }
  }

  @Override
  public void close() {
    cut();
  }

  private static <T> T waitFor(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
