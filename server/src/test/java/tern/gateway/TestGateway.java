// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tern.gateway.http.Gateway;
import tern.gateway.http.HttpConfig;
import tern.gateway.socket.Connection;
import tern.gateway.socket.FrameListener;
import tern.gateway.socket.GatewayMetrics;
import tern.session.CloseCode;
import tern.v1.ClientFrame;
import tern.v1.ClientFrame.FrameCase;
import tern.v1.Pong;
import tern.v1.ServerFrame;

/// A running gateway whose listener answers each `Ping` with a `Pong` and keeps all else that it
/// hears, for tests to look at.
final class TestGateway implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  final BlockingQueue<ClientFrame> received = new LinkedBlockingQueue<>();
  final BlockingQueue<Connection> opened = new LinkedBlockingQueue<>();
  final BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();
  final Queue<CloseCode> closedByServer = new ConcurrentLinkedQueue<>();

  /// Whether the listeners say that answers are still owed.
  volatile boolean requestsInFlight;

  /// Whether a drain has asked for them.
  volatile boolean askedForRequestsInFlight;

  /// Requests to the route `/late`, answered or not.
  final AtomicInteger lateRequests = new AtomicInteger();

  private final Vertx vertx;
  private final Gateway gateway;
  private final int port;

  TestGateway(TestSettings settings) {
    HttpConfig http = settings.http();
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(http.eventLoopCount()));
    Router routes = Router.router(vertx);
    routes.get("/rest").handler(context -> context.response().end("rest"));
    routes
        .get("/late")
        .handler(
            context -> {
              lateRequests.incrementAndGet();
              vertx
                  .timer(settings.lateAnswer().toMillis(), TimeUnit.MILLISECONDS)
                  .onSuccess(_ -> context.response().end("late"));
            });
    gateway =
        new Gateway(
            vertx,
            http,
            settings.gateway(),
            routes,
            Echo::new,
            System::nanoTime,
            new CountedCodes());
    port = await(gateway.listen().onFailure(_ -> vertx.close()));
  }

  int port() {
    return port;
  }

  /// Returns the oldest connection that no test has taken yet.
  Connection nextConnection() {
    return next(opened);
  }

  /// Returns the oldest connection whose end no test has taken yet.
  Connection closedConnection() {
    return next(closed);
  }

  /// Returns the oldest frame of this kind that no test has taken yet; older ones of other kinds
  /// are forgotten.
  ClientFrame nextFrame(FrameCase kind) {
    ClientFrame frame = next(received);
    return frame.getFrameCase() == kind ? frame : nextFrame(kind);
  }

  Future<Void> drain(Duration budget) {
    return gateway.drain(budget);
  }

  /// An answer to send.
  static ServerFrame.Builder pong() {
    return ServerFrame.newBuilder().setPong(Pong.newBuilder().setServerTimeMs(7));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not within " + PATIENCE_SECONDS + " s", e);
    }
  }

  /// Lets so much time go by.
  static void letPass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    await("time goes by", () -> System.nanoTime() - until >= 0);
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + PATIENCE_SECONDS + " s: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  static <T> T next(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    await(gateway.drain(Duration.ofSeconds(1)));
    await(vertx.close());
  }

  private final class Echo implements FrameListener {
    private final Connection connection;

    Echo(Connection connection) {
      this.connection = connection;
      opened.add(connection);
    }

    @Override
    public void frameReceived(ClientFrame frame) {
      received.add(frame);
      if (frame.hasPing()) {
        connection.answer(frame.getId(), pong());
      }
    }

    @Override
    public void ticked(long nowNanos) {}

    @Override
    public void closed() {
      closed.add(connection);
    }

    @Override
    public boolean hasRequestsInFlight() {
      askedForRequestsInFlight = true;
      return requestsInFlight;
    }
  }

  private final class CountedCodes implements GatewayMetrics {
    @Override
    public void opened() {}

    @Override
    public void closed() {}

    @Override
    public void closedByServer(CloseCode code) {
      closedByServer.add(code);
    }

    @Override
    public void upgradeRefused(int status) {}

    @Override
    public void frameReceived(int bytes) {}

    @Override
    public void frameRefused() {}
  }
}
