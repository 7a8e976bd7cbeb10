// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.api.ApiRoutes;
import tern.auth.Admission;
import tern.auth.AuthConfig;
import tern.auth.FailedAttempts;
import tern.auth.Revocations;
import tern.auth.TokenIssuer;
import tern.auth.TokenVerifier;
import tern.auth.keys.Jwks;
import tern.gateway.MeteredGateway;
import tern.gateway.SessionRules;
import tern.gateway.SessionSocket;
import tern.gateway.WatchDesk;
import tern.gateway.Workers;
import tern.gateway.http.CrossOrigin;
import tern.gateway.http.Gateway;
import tern.gateway.http.TrustedProxies;
import tern.gateway.request.Features;
import tern.gateway.request.Requests;
import tern.gateway.watch.SharedPages;
import tern.health.HealthRoutes;
import tern.health.Meters;
import tern.message.history.CatchUp;
import tern.playground.PlaygroundRoutes;
import tern.session.RevocationWatch;
import tern.session.Sessions;
import tern.store.Store;

/// The wiring: what a node is made of, in the order of a message's way, and how it ends, in the
/// reverse order.
public final class TernServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TernServer.class);

  private static final Duration DRAIN_BUDGET = Duration.ofSeconds(8);

  private final Parts parts = new Parts();
  private final Vertx vertx;
  private final Gateway gateway;
  private final HealthRoutes health;
  private final Store store;
  private final int port;

  /// Starts a node and accepts connections.
  ///
  /// @param auth how access tokens are verified
  /// @param isDemo whether to serve the playground, which gives tokens to whoever asks
  public TernServer(TernConfig config, AuthConfig auth, boolean isDemo) {
    this(config, auth, isDemo, Clock.systemUTC());
  }

  /// The same, where pushes go by another clock.
  ///
  /// @param clock tells when pushes are due, and who left when
  public TernServer(TernConfig config, AuthConfig auth, boolean isDemo, Clock clock) {
    boolean started = false;
    try {
      // First: what the settings alone can get wrong is told before anything is started.
      Jwks jwks = parts.keep(Jwks.open(auth.jwks()));
      store = parts.keep(Store.open(config.database(), config.dataFolder()));
      Meters meters = parts.keep(new Meters());
      // Before all that hand on to its event loops, so that it ends after them.
      vertx = vertx(config);
      parts.keep(() -> vertx.close().await(5, TimeUnit.SECONDS));
      Sessions sessions = new Sessions();
      PushWiring pushWiring = new PushWiring(config.push(), isDemo, vertx, store.database(), clock);
      Features features =
          new FeatureWiring(config, store, meters, sessions, pushWiring, parts).features();
      Workers workers = parts.keep(workers(config));
      meters.watch(sessions, features.intake(), workers::waiting);
      TokenVerifier verifier = new TokenVerifier(auth, jwks, Clock.systemUTC());
      SessionRules rules = sessionRules(config, verifier, sessions, workers, features);
      health = new HealthRoutes(vertx, store.database(), meters.registry(), pushWiring::services);
      ApiRoutes api = api(config, auth, rules, meters);
      gateway =
          new Gateway(
              vertx,
              config.http(),
              config.gateway(),
              routes(api, config, auth, pushWiring),
              connection -> SessionSocket.open(connection, rules, features),
              System::nanoTime,
              new MeteredGateway(meters.registry()));
      port = gateway.listen().await();
      started = true;
    } finally {
      // Whatever was thrown: Vert.x throws checked exceptions undeclared.
      if (!started) {
        parts.close();
      }
    }
  }

  private static Vertx vertx(TernConfig config) {
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(config.http().eventLoopCount()));
  }

  // Of one user, as much as four of their sessions may ask for at once.
  private static Workers workers(TernConfig config) {
    return new Workers(config.database().poolSize(), 4 * config.limits().requestsInFlight());
  }

  private SessionRules sessionRules(
      TernConfig config,
      TokenVerifier verifier,
      Sessions sessions,
      Workers workers,
      Features features) {
    Revocations revocations = new Revocations(store.database());
    RevocationWatch watch = parts.keep(new RevocationWatch(revocations, sessions).start());
    FailedAttempts failures =
        new FailedAttempts(config.limits().failedHellosPerMinute(), System::nanoTime);
    return new SessionRules(
        sessions,
        new Admission(verifier, revocations, watch::isFresh, failures),
        config.limits(),
        config.gateway(),
        workers,
        new Requests(features, config.limits()),
        watching(features, workers),
        Clock.systemUTC());
  }

  private WatchDesk watching(Features features, Workers workers) {
    Features.Open open = features.personal().open();
    CatchUp catchUp = features.catchUp();
    SharedPages pages = parts.keep(new SharedPages(catchUp));
    return new WatchDesk(open.watchers(), open.doors(), pages, workers, catchUp.epoch());
  }

  private ApiRoutes api(TernConfig config, AuthConfig auth, SessionRules rules, Meters meters) {
    return parts.keep(
        new ApiRoutes(
            store.database(),
            rules,
            new TokenIssuer(auth),
            new TrustedProxies(config.http().trustedProxies()),
            meters.registry()));
  }

  private Router routes(ApiRoutes api, TernConfig config, AuthConfig auth, PushWiring pushWiring) {
    Router router = Router.router(vertx);
    health.mount(router);
    router.route("/v1/*").handler(new CrossOrigin(config.http().origins()));
    pushWiring.mount(router);
    api.mount(router);
    if (pushWiring.isDemo()) {
      new PlaygroundRoutes(new TokenIssuer(auth), Clock.systemUTC()).mount(router);
    }
    return router;
  }

  /// Calls `lost`, once, when the node can't go on without its store; whoever is called ends it.
  public void onLost(Runnable lost) {
    store.watch(lost);
  }

  /// The port that is listened on.
  public int port() {
    return port;
  }

  /// Tells clients when to come back, finishes what is in flight, and ends.
  @Override
  public void close() {
    LOG.info("draining");
    health.drain();
    try {
      gateway.drain(DRAIN_BUDGET).await(DRAIN_BUDGET.toSeconds() + 1, TimeUnit.SECONDS);
    } catch (Exception e) {
      LOG.atWarn().setCause(e).log("clients were cut off");
    }
    parts.close();
    LOG.info("ended");
  }
}
