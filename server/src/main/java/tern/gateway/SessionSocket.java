// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.auth.Identity;
import tern.auth.Verification;
import tern.gateway.request.Features;
import tern.gateway.request.FromWire;
import tern.gateway.request.RequestRefused;
import tern.gateway.socket.Connection;
import tern.gateway.socket.FrameGate;
import tern.gateway.socket.FrameListener;
import tern.session.CloseCode;
import tern.session.OutgoingFrame;
import tern.session.Session;
import tern.v1.ClientFrame;
import tern.v1.Hello;
import tern.v1.ServerFrame;
import tern.v1.TokenExpiring;
import tern.v1.TokenRefreshed;

/// A socket from `Hello` to its end: who it belongs to, until when, and what it still waits for.
/// Owned by its event loop.
public final class SessionSocket implements FrameListener {
  private static final Logger LOG = LoggerFactory.getLogger(SessionSocket.class);

  private static final int MAX_CLIENT_LENGTH = 64;
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");
  private static final Duration WARNING = Duration.ofSeconds(60);

  private final Connection connection;
  private final SessionRules rules;
  private final Features features;
  private final FrameRouter router;
  private @Nullable Session entering; // null: no good Hello yet
  private @Nullable Session session; // null: not let in
  private @Nullable Queue<ClientFrame> early; // came before the welcome; null: none may
  private boolean gone;
  private boolean warned;
  private int requestsInFlight;

  private SessionSocket(Connection connection, SessionRules rules, Features features) {
    this.connection = connection;
    this.rules = rules;
    this.features = features;
    this.router = new FrameRouter(this, rules, features);
  }

  /// Listens to a new connection; sends it away at once when its address must wait.
  public static SessionSocket open(Connection connection, SessionRules rules, Features features) {
    SessionSocket socket = new SessionSocket(connection, rules, features);
    socket.mustWait();
    return socket;
  }

  @Override
  public void frameReceived(ClientFrame frame) {
    Session known = session;
    if (known != null) {
      known.noteActivity(rules.clock().instant());
      route(known, frame);
    } else if (early == null) {
      greet(frame.getId(), frame.getHello());
    } else if (early.size() < rules.limits().requestsInFlight()) {
      early.add(frame);
    } else if (FrameGate.expectsErrors(frame)) {
      refuse(frame.getId(), RequestRefused.tooFast("before the welcome", Duration.ofMillis(100)));
    }
  }

  private void route(Session known, ClientFrame frame) {
    try {
      router.route(known, frame);
    } catch (RequestRefused refusal) {
      if (FrameGate.expectsErrors(frame)) {
        refuse(frame.getId(), refusal);
      }
    }
  }

  private boolean mustWait() {
    Duration wait = rules.admission().failures().timeToWait(connection.remoteAddress());
    if (!wait.isZero()) {
      connection.close(CloseCode.OVERLOADED, wait);
    }
    return !wait.isZero();
  }

  private void greet(int requestId, Hello hello) {
    if (mustWait()) {
      return;
    }
    if (!rules.admission().isWatched().getAsBoolean()) {
      turnAway(requestId, RequestRefused.unavailable());
      return;
    }
    switch (rules.admission().verifier().verify(hello.getAccessToken())) {
      case Verification.Rejected(String reason) -> reject(reason);
      case Verification.Undecided(String reason) ->
          turnAway(requestId, RequestRefused.unavailable(reason));
      case Verification.Verified(Identity identity) -> {
        try {
          enter(requestId, hello, identity);
        } catch (RequestRefused refusal) {
          turnAway(requestId, refusal);
        }
      }
    }
  }

  private void reject(String reason) {
    LOG.atDebug()
        .addKeyValue("connection", connection.id())
        .addKeyValue("reason", reason)
        .log("token rejected");
    rules.admission().failures().failed(connection.remoteAddress());
    connection.close(CloseCode.UNAUTHENTICATED, Duration.ZERO);
  }

  private void enter(int requestId, Hello hello, Identity identity) {
    String client =
        CONTROLS
            .matcher(FromWire.bounded("client", hello.getClient(), 0, MAX_CLIENT_LENGTH))
            .replaceAll("?");
    Session candidate = Greeting.session(connection, identity, hello, rules.clock());
    if (!identity.isFor(candidate.device())) {
      reject("token is another device's");
      return;
    }
    LOG.atDebug()
        .addKeyValue("connection", connection.id())
        .addKeyValue("address", connection.remoteAddress())
        .addKeyValue("user", identity.user())
        .addKeyValue("client", client)
        .log("hello");
    entering = candidate;
    early = new ArrayDeque<>();
    boolean begun =
        block(
            () -> Greeting.admit(candidate, hello, rules, features),
            outcome -> entered(requestId, candidate, outcome),
            refusal -> {
              turnAway(requestId, refusal);
              forgetIfGone(candidate);
            });
    if (!begun) {
      throw RequestRefused.unavailable();
    }
  }

  private void entered(int requestId, Session candidate, Greeting.Outcome outcome) {
    switch (outcome) {
      case Greeting.Outcome.SentAway(CloseCode code) -> {
        if (code == CloseCode.UNAUTHENTICATED) {
          reject("token is revoked");
        } else {
          connection.close(code, Duration.ZERO);
        }
      }
      case Greeting.Outcome.Welcomed(ServerFrame.Builder welcome) -> {
        OutgoingFrame frame = News.frame(welcome.setId(requestId));
        candidate.welcome(frame);
        frame.release();
        session = candidate;
        Queue<ClientFrame> waiting = Objects.requireNonNull(early);
        early = null;
        while (!waiting.isEmpty() && connection.outbox().isOpen()) {
          route(candidate, waiting.remove());
        }
      }
    }
    forgetIfGone(candidate);
  }

  // The socket may have ended before its session was registered.
  private void forgetIfGone(Session candidate) {
    if (gone) {
      if (session != null) {
        features.people().whereabouts().leaving(candidate, connection.outbox().toldToComeBack());
      }
      rules.sessions().remove(candidate);
      // One that was not let in has not been looking.
      if (session == null) {
        features.people().presence().moved(candidate.user());
      } else {
        features.people().presence().ended(candidate);
      }
      candidate.end();
    }
  }

  private void turnAway(int requestId, RequestRefused refusal) {
    connection.send(ServerFrame.newBuilder().setId(requestId).setError(refusal.toWire()).build());
    CloseCode code =
        switch (refusal.code()) {
          case ERROR_CODE_INVALID_ARGUMENT -> CloseCode.INVALID_HELLO;
          case ERROR_CODE_UNAVAILABLE -> CloseCode.OVERLOADED;
          default -> CloseCode.INTERNAL_ERROR;
        };
    connection.close(code);
  }

  /// Runs `work` where it may block, and `done` or `failed` on this socket's event loop; `failed`
  /// too when its turn does not come in time. Returns false, and does nothing, when the node has
  /// too much to do, for all or for this user. For sockets that have said who they are.
  <T> boolean block(Supplier<T> work, Consumer<T> done, Consumer<RequestRefused> failed) {
    return rules
        .workers()
        .run(
            Objects.requireNonNull(entering).user(),
            () -> attempt(work, done, failed),
            () -> connection.later(() -> failed.accept(RequestRefused.unavailable())));
  }

  private <T> void attempt(Supplier<T> work, Consumer<T> done, Consumer<RequestRefused> failed) {
    Runnable outcome;
    try {
      T answer = work.get();
      outcome = () -> done.accept(answer);
    } catch (RuntimeException e) {
      RequestRefused refusal = RequestRefused.because(e, "connection", connection.id());
      outcome = () -> failed.accept(refusal);
    }
    connection.later(outcome);
  }

  /// Where the client is.
  String address() {
    return connection.remoteAddress();
  }

  /// Runs a task on this socket's event loop, later; drops it when the node has ended.
  void later(Runnable task) {
    connection.later(task);
  }

  /// Answers a request with what `work` gives, which may block.
  void ask(int requestId, Supplier<ServerFrame.Builder> work) {
    ask(requestId, work, answer -> send(answer.setId(requestId)));
  }

  /// Runs `work`, which may block, and `done`, which answers the request, on the event loop.
  <T> void ask(int requestId, Supplier<T> work, Consumer<T> done) {
    requestBegun();
    boolean begun =
        block(
            work,
            answer -> {
              done.accept(answer);
              requestEnded();
            },
            refusal -> {
              refuse(requestId, refusal);
              requestEnded();
            });
    if (!begun) {
      requestEnded();
      throw RequestRefused.unavailable();
    }
  }

  /// Counts a request that will be answered later; refuses it when too many wait.
  void requestBegun() {
    int most = rules.limits().requestsInFlight();
    if (requestsInFlight >= most) {
      throw RequestRefused.tooFast(
          "requests in flight: " + requestsInFlight + " (expected: at most " + most + ")",
          Duration.ofMillis(100));
    }
    requestsInFlight++;
  }

  /// The request has had its last answer.
  void requestEnded() {
    requestsInFlight--;
  }

  /// Queues a frame for the client.
  void send(ServerFrame.Builder frame) {
    OutgoingFrame outgoing = News.frame(frame);
    Session known = session;
    if (known == null) {
      connection.outbox().offer(outgoing);
    } else {
      known.offer(outgoing);
    }
    outgoing.release();
  }

  /// Answers a request with an error.
  void refuse(int requestId, RequestRefused refusal) {
    send(ServerFrame.newBuilder().setId(requestId).setError(refusal.toWire()));
  }

  /// Lets the session stand on a fresh token; one that is no good, revoked or another user's closes
  /// the socket.
  void refresh(Session known, int requestId, String token) {
    switch (rules.admission().verifier().verify(token)) {
      case Verification.Rejected(String reason) -> reject(reason);
      case Verification.Undecided(String reason) -> throw RequestRefused.unavailable(reason);
      case Verification.Verified(Identity fresh) -> {
        if (!fresh.isFor(known.device())) {
          reject("token is another device's");
        } else if (fresh.user().equals(known.user())) {
          ask(
              requestId,
              () -> rules.admission().revocations().isRevoked(fresh, known.device()),
              isRevoked -> refreshed(known, requestId, fresh, isRevoked));
        } else {
          connection.close(CloseCode.WRONG_USER, Duration.ZERO);
        }
      }
    }
  }

  private void refreshed(Session known, int requestId, Identity fresh, boolean isRevoked) {
    if (isRevoked) {
      reject("token is revoked");
      return;
    }
    known.refresh(fresh);
    router.watches().tokenChanged();
    warned = false;
    long expiresAt = fresh.expiresAt().toEpochMilli();
    send(
        ServerFrame.newBuilder()
            .setId(requestId)
            .setTokenRefreshed(TokenRefreshed.newBuilder().setTokenExpiresAtMs(expiresAt)));
  }

  @Override
  public void ticked(long nowNanos) {
    Session known = session;
    if (known == null) {
      return;
    }
    known.tick(nowNanos);
    Instant now = rules.clock().instant();
    Instant expiresAt = known.token().expiresAt();
    if (!now.isBefore(expiresAt)) {
      connection.close(CloseCode.TOKEN_EXPIRED, Duration.ZERO);
    } else if (!warned && !now.plus(WARNING).isBefore(expiresAt)) {
      warned = true;
      send(
          ServerFrame.newBuilder()
              .setTokenExpiring(
                  TokenExpiring.newBuilder().setTokenExpiresAtMs(expiresAt.toEpochMilli())));
    }
  }

  @Override
  public void closed() {
    gone = true;
    router.watches().end();
    Session candidate = entering;
    if (candidate != null) {
      forgetIfGone(candidate);
    }
  }

  @Override
  public boolean hasRequestsInFlight() {
    return requestsInFlight > 0;
  }
}
