// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tern.gateway.socket.GatewayLoop;
import tern.gateway.socket.SocketRules;

/// One HTTP server on one event loop; a gateway runs one per loop, all on the same port.
final class GatewayServer extends VerticleBase {
  private static final int IDLE_SECONDS = 60;
  // Two hundred user ids stand in a query.
  private static final int MAX_ADDRESS_BYTES = 16 * 1024;
  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final int BACKLOG = 4096;

  private final HttpConfig config;
  private final int port;
  private final Handshake handshake;
  private final Router routes;
  private final SocketRules rules;

  /// Set by [#start], which Vert.x calls before anything else.
  @SuppressWarnings("NullAway.Init")
  private GatewayLoop loop;

  @SuppressWarnings("NullAway.Init")
  private HttpServer server;

  /// Takes the port to share with the gateway's other servers, negative for any.
  GatewayServer(
      HttpConfig config, int port, Handshake handshake, Router routes, SocketRules rules) {
    this.config = config;
    this.port = port;
    this.handshake = handshake;
    this.routes = routes;
    this.rules = rules;
  }

  @Override
  public Future<?> start() {
    TrustedProxies proxies = new TrustedProxies(config.trustedProxies());
    loop = new GatewayLoop(rules, Takeover.eventLoopOf(context));
    server =
        vertx
            .createHttpServer(options())
            .requestHandler(routes)
            .connectionHandler(connection -> Takeover.await(connection, handshake, proxies, loop));
    return server.listen(port, config.host());
  }

  @Override
  public Future<?> stop() {
    loop.stop();
    return server.close();
  }

  int actualPort() {
    return server.actualPort();
  }

  /// Accepts no more, and completes when all its connections are gone or the budget is spent.
  Future<Void> drain(Duration budget) {
    loop.drain(budget);
    return server.shutdown(budget.toMillis(), TimeUnit.MILLISECONDS);
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setAcceptBacklog(BACKLOG)
            .setIdleTimeout(IDLE_SECONDS)
            // Deflate costs 300 KB a socket, and inflates before any limit is looked at.
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setCompressionSupported(false)
            // With it, a connection that has sent nothing holds up the shutdown.
            .setHttp2ClearTextEnabled(false)
            .setMaxInitialLineLength(MAX_ADDRESS_BYTES);
    options.getInitialSettings().setMaxHeaderListSize(MAX_ADDRESS_BYTES + MAX_HEADER_BYTES);
    if (config.hasTls()) {
      options
          .setSsl(true)
          .setUseAlpn(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(config.tlsCertificate())
                  .setKeyPath(config.tlsKey()));
    }
    return options;
  }
}
