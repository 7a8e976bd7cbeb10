// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import tern.gateway.http.Handshake.Judgement.Accepted;
import tern.gateway.http.Handshake.Judgement.Refused;
import tern.gateway.socket.Connection;
import tern.gateway.socket.FrameListener;
import tern.gateway.socket.GatewayConfig;
import tern.gateway.socket.GatewayMetrics;
import tern.gateway.socket.SocketRules;

/// Where bytes come in: one port for HTTP and WebSocket, on all event loops. A request to `/v1/ws`
/// becomes a [Connection], whose frames go to the listener that the given function returns for it;
/// all else goes to the routes. Ends with [#drain].
///
/// Its Vert.x must not measure HTTP servers: each WebSocket would be booked as open for ever.
public final class Gateway {
  private static final int HIGHEST_PORT = 65_535;

  private final Vertx vertx;
  private final HttpConfig http;
  private final Router routes;
  private final Handshake handshake;
  private final SocketRules rules;
  private final List<GatewayServer> servers = new CopyOnWriteArrayList<>();

  /// Takes the routes for what is no WebSocket, who listens to a new connection, and the time as
  /// `System::nanoTime` tells it.
  public Gateway(
      Vertx vertx,
      HttpConfig http,
      GatewayConfig config,
      Router httpRoutes,
      Function<Connection, FrameListener> listeners,
      LongSupplier nanoClock,
      GatewayMetrics metrics) {
    this.vertx = vertx;
    this.http = http;
    this.routes = httpRoutes;
    this.handshake = new Handshake(new Origins(http.origins()));
    this.rules = new SocketRules(config, listeners, nanoClock, metrics, new SecureRandom());
    // First of all routes: what comes here was no upgrade, or not a good one.
    httpRoutes.route(Handshake.PATH).order(Integer.MIN_VALUE).handler(this::refuse);
  }

  /// Begins to accept; returns the port, or fails with an `IllegalStateException` that names the
  /// setting which can't be used.
  public Future<Integer> listen() {
    // To Vert.x a negative port is any free one, shared by all servers that name the same.
    int port =
        http.port() > 0 ? http.port() : -1 - ThreadLocalRandom.current().nextInt(HIGHEST_PORT);
    return vertx
        .deployVerticle(
            () -> {
              GatewayServer server = new GatewayServer(http, port, handshake, routes, rules);
              servers.add(server);
              return server;
            },
            new DeploymentOptions().setInstances(http.eventLoopCount()))
        .onFailure(_ -> servers.clear())
        .map(_ -> servers.getFirst().actualPort())
        .recover(
            cause ->
                Future.failedFuture(
                    new IllegalStateException(refusal(cause) + ": " + cause.getMessage(), cause)));
  }

  /// Accepts no more, sends each client away with its time to come back, waits for what is in
  /// flight, and closes what is left when the budget is spent.
  public Future<Void> drain(Duration budget) {
    return Future.join(servers.stream().map(server -> server.drain(budget)).toList()).mapEmpty();
  }

  private void refuse(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean http11 = request.version() == HttpVersion.HTTP_1_1;
    Refused refused =
        switch (handshake.judge(request.method().name(), http11, request.headers()::getAll)) {
          case Refused no -> no;
          // Pipelined behind a request that had no answer yet.
          case Accepted _ -> new Refused(426, "upgrade after the earlier answers have come");
        };
    rules.metrics().upgradeRefused(refused.status());
    HttpServerResponse response = request.response().setStatusCode(refused.status());
    if (refused.status() == 426 && request.version() != HttpVersion.HTTP_2) {
      response
          .putHeader("Connection", "Upgrade")
          .putHeader("Upgrade", "websocket")
          .putHeader("Sec-WebSocket-Version", "13");
    }
    response.putHeader("Content-Type", "text/plain; charset=utf-8").end(refused.reason() + "\n");
  }

  private String refusal(Throwable cause) {
    if (!(cause instanceof IOException)) {
      return http.hasTls()
          ? "http.tls_certificate: %s, http.tls_key: %s (expected: PEM files that belong together)"
              .formatted(http.tlsCertificate(), http.tlsKey())
          : "http.host: " + http.host() + ", http.port: " + http.port() + " can't be listened on";
    }
    if (!isHostUsable()) {
      return "http.host: " + http.host() + " (expected: an address of this machine)";
    }
    return "http.port: "
        + http.port()
        + " on "
        + http.host()
        + " can't be listened on (expected: a free one)";
  }

  // Whether it is the host or the port that is wrong: another port of the host tells.
  private boolean isHostUsable() {
    try (ServerSocket _ = new ServerSocket(0, 1, InetAddress.ofLiteral(http.host()))) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
