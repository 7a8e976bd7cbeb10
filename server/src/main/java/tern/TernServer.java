// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.api.ApiRoutes;
import tern.auth.Admission;
import tern.auth.AuthConfig;
import tern.auth.FailedHellos;
import tern.auth.Revocations;
import tern.auth.TokenIssuer;
import tern.auth.TokenVerifier;
import tern.auth.keys.Jwks;
import tern.conversation.Conversations;
import tern.conversation.Member;
import tern.conversation.MemberLists;
import tern.conversation.OpenConversation;
import tern.conversation.invitation.Invitations;
import tern.conversation.rules.Bans;
import tern.conversation.rules.Eraser;
import tern.delivery.Delivery;
import tern.delivery.Settler;
import tern.delivery.TypingHints;
import tern.gateway.MeteredGateway;
import tern.gateway.News;
import tern.gateway.SessionRules;
import tern.gateway.SessionSocket;
import tern.gateway.Workers;
import tern.gateway.governance.SystemContents;
import tern.gateway.http.CrossOrigin;
import tern.gateway.http.Gateway;
import tern.gateway.people.PeopleNews;
import tern.gateway.people.PeopleRequests;
import tern.gateway.people.ReportRequests;
import tern.gateway.request.Features;
import tern.gateway.request.Requests;
import tern.gateway.search.SearchRequests;
import tern.gateway.search.SearchTexts;
import tern.health.HealthRoutes;
import tern.health.Meters;
import tern.message.Announcer;
import tern.message.history.CatchUp;
import tern.message.history.EditHistory;
import tern.message.history.History;
import tern.message.inbox.Inbox;
import tern.message.inbox.InboxUpdates;
import tern.message.inbox.Shelf;
import tern.message.intake.MessageIntake;
import tern.message.intake.MeteredIntake;
import tern.message.press.Presses;
import tern.moderation.Moderation;
import tern.playground.PlaygroundRoutes;
import tern.presence.LocalPresence;
import tern.receipt.ReceiptNews;
import tern.receipt.Receipts;
import tern.search.Search;
import tern.search.SearchIndex;
import tern.session.RevocationWatch;
import tern.session.Sessions;
import tern.store.Database;
import tern.store.Store;
import tern.user.Choices;
import tern.user.Profiles;
import tern.user.Relations;
import tern.user.Silence;
import tern.user.report.Reports;

/// The wiring: what a node is made of, in the order of a message's way, and how it ends, in the
/// reverse order.
public final class TernServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TernServer.class);

  // Until several nodes share a store.
  private static final int NODE = 1;
  private static final Duration DRAIN_BUDGET = Duration.ofSeconds(8);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
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
    boolean started = false;
    try {
      // First: what the settings alone can get wrong is told before anything is started.
      Jwks jwks = keep(Jwks.open(auth.jwks()));
      store = keep(Store.open(config.database(), config.dataFolder()));
      Meters meters = keep(new Meters());
      // Before all that hand on to its event loops, so that it ends after them.
      vertx = vertx(config);
      keep(() -> vertx.close().await(5, TimeUnit.SECONDS));
      Sessions sessions = new Sessions();
      Features features = features(config, store, meters, sessions);
      Workers workers = keep(new Workers(config.database().poolSize()));
      meters.watch(sessions, features.intake(), workers::waiting);
      TokenVerifier verifier = new TokenVerifier(auth, jwks, Clock.systemUTC());
      SessionRules rules =
          sessionRules(
              config, verifier, sessions, workers, new Requests(features, config.limits()));
      health = new HealthRoutes(vertx, store.database(), meters.registry());
      ApiRoutes api =
          keep(new ApiRoutes(store.database(), rules, new TokenIssuer(auth), meters.registry()));
      gateway =
          new Gateway(
              vertx,
              config.http(),
              config.gateway(),
              routes(api, config, auth, isDemo),
              connection -> SessionSocket.open(connection, rules, features),
              System::nanoTime,
              new MeteredGateway(meters.registry()));
      port = gateway.listen().await();
      started = true;
    } finally {
      // Whatever was thrown: Vert.x throws checked exceptions undeclared.
      if (!started) {
        end();
      }
    }
  }

  private static Vertx vertx(TernConfig config) {
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(config.http().eventLoopCount()));
  }

  private Features features(TernConfig config, Store store, Meters meters, Sessions sessions) {
    Database database = store.database();
    News news = new News();
    Delivery delivery = new Delivery(sessions);
    MemberLists lists = new MemberLists(database);
    Inbox inbox = new Inbox(database, store.epoch());
    InboxUpdates inboxUpdates =
        keep(new InboxUpdates(inbox, sessions, delivery, news::inboxUpdate).start());
    Receipts receipts =
        keep(
            new Receipts(
                    database,
                    new ReceiptNews(lists, delivery, news::receipt),
                    inboxUpdates::changed)
                .start());
    Settler settler = keep(new Settler(database, NODE, receipts::sent));
    Announcer announcer =
        new Announcer(database, lists, delivery, news, settler, inboxUpdates::changed);
    MessageIntake intake = keep(intake(config, database, announcer, meters));
    settler.start(announcer::announceAgain, searchIndex(database)::isIndexed);
    keep(new Eraser(database).start());
    Shelf shelf = new Shelf(database, inbox, inboxUpdates::changed, lists::forget);
    Silence silence = new Silence(database);
    return new Features(
        intake,
        new Conversations(database, it -> appeared(it, inboxUpdates)),
        new CatchUp(database, store.epoch(), config.catchUp()),
        new History(database),
        new EditHistory(database),
        inbox,
        receipts,
        new TypingHints(lists, delivery, silence::deafTo),
        people(config, silence, sessions, delivery, inboxUpdates),
        personal(database, shelf, delivery, news),
        search(config, database),
        keep(Moderation.open(database, config.moderation(), meters.registry())));
  }

  private static MessageIntake intake(
      TernConfig config, Database database, Announcer announcer, Meters meters) {
    return new MessageIntake(
        database,
        NODE,
        config.intake(),
        config.limits().editWindow(),
        SystemContents::body,
        announcer,
        new MeteredIntake(meters.registry()));
  }

  private Features.People people(
      TernConfig config,
      Silence silence,
      Sessions sessions,
      Delivery delivery,
      InboxUpdates inboxUpdates) {
    Database database = store.database();
    Profiles profiles = new Profiles(database);
    LocalPresence presence =
        keep(
            new LocalPresence(
                    database, sessions, config.presence(), Clock.systemUTC(), PeopleNews::presence)
                .start());
    PeopleRequests requests =
        new PeopleRequests(
            profiles,
            new Relations(database, silence),
            new Choices(database),
            presence,
            new PeopleNews(delivery, inboxUpdates::changed, profiles, presence),
            new ReportRequests(new Reports(database)),
            config.limits());
    return new Features.People(new Bans(database), presence, requests::answer);
  }

  private SearchIndex searchIndex(Database database) {
    return keep(new SearchIndex(database, NODE, SearchTexts::of).start());
  }

  private static SearchRequests search(TernConfig config, Database database) {
    return new SearchRequests(
        new Search(database, SearchTexts::of, config.search()), config.search());
  }

  private static Features.Personal personal(
      Database database, Shelf shelf, Delivery delivery, News news) {
    return new Features.Personal(
        shelf,
        new Presses(
            database, (sender, it) -> delivery.tell(List.of(sender), _ -> true, news.pressed(it))),
        new Invitations(database));
  }

  private static void appeared(OpenConversation it, InboxUpdates inboxUpdates) {
    inboxUpdates.changed(it.conversation().id(), it.members().stream().map(Member::user).toList());
  }

  private SessionRules sessionRules(
      TernConfig config,
      TokenVerifier verifier,
      Sessions sessions,
      Workers workers,
      Requests requests) {
    Revocations revocations = new Revocations(store.database());
    RevocationWatch watch = keep(new RevocationWatch(revocations, sessions).start());
    FailedHellos failures =
        new FailedHellos(config.limits().failedHellosPerMinute(), System::nanoTime);
    return new SessionRules(
        sessions,
        new Admission(verifier, revocations, watch::isFresh, failures),
        config.limits(),
        config.gateway(),
        workers,
        requests,
        Clock.systemUTC());
  }

  private Router routes(ApiRoutes api, TernConfig config, AuthConfig auth, boolean isDemo) {
    Router router = Router.router(vertx);
    health.mount(router);
    router.route("/v1/*").handler(new CrossOrigin(config.http().origins()));
    api.mount(router);
    if (isDemo) {
      new PlaygroundRoutes(new TokenIssuer(auth), Clock.systemUTC()).mount(router);
    }
    return router;
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
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
    end();
    LOG.info("ended");
  }

  private void end() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("a part did not end in order");
      }
    }
  }
}
