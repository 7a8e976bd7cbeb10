// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway;

import java.time.Duration;
import java.time.Instant;
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
import tern.session.Sessions.Registration;
import tern.v1.ClientFrame;
import tern.v1.Hello;
import tern.v1.ServerFrame;
import tern.v1.TokenExpiring;

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
  private @Nullable Session session; // null: no Hello yet
  private Instant expiresAt = Instant.MAX;
  private boolean warned;
  private int requestsInFlight;

  /// Listens to a new connection.
  public SessionSocket(Connection connection, SessionRules rules, Features features) {
    this.connection = connection;
    this.rules = rules;
    this.features = features;
    this.router = new FrameRouter(this, rules, features);
  }

  @Override
  public void frameReceived(ClientFrame frame) {
    Session known = session;
    if (known == null) {
      greet(frame.getId(), frame.getHello());
      return;
    }
    try {
      router.route(known, frame);
    } catch (RequestRefused refusal) {
      if (FrameGate.expectsErrors(frame)) {
        refuse(frame.getId(), refusal);
      }
    }
  }

  private void greet(int requestId, Hello hello) {
    switch (rules.verifier().verify(hello.getAccessToken())) {
      case Verification.Rejected(String reason) -> {
        LOG.atDebug()
            .addKeyValue("connection", connection.id())
            .addKeyValue("reason", reason)
            .log("token rejected");
        connection.close(CloseCode.UNAUTHENTICATED, Duration.ZERO);
      }
      case Verification.Verified(Identity identity) -> {
        try {
          enter(requestId, hello, identity);
        } catch (RequestRefused refusal) {
          connection.send(
              ServerFrame.newBuilder().setId(requestId).setError(refusal.toWire()).build());
          connection.close(CloseCode.INVALID_HELLO, Duration.ZERO);
        }
      }
    }
  }

  // Registers first and reads then: what is committed in between reaches the session live.
  private void enter(int requestId, Hello hello, Identity identity) {
    String client =
        CONTROLS
            .matcher(FromWire.bounded("client", hello.getClient(), 0, MAX_CLIENT_LENGTH))
            .replaceAll("?");
    Session entering = Greeting.session(connection, identity, hello);
    LOG.atDebug()
        .addKeyValue("connection", connection.id())
        .addKeyValue("address", connection.remoteAddress())
        .addKeyValue("user", identity.user())
        .addKeyValue("client", client)
        .log("hello");
    switch (rules.sessions().register(entering)) {
      case Registration.TooMany() -> connection.close(CloseCode.TOO_MANY_SESSIONS, Duration.ZERO);
      case Registration.Registered(var replaced) -> {
        session = entering;
        expiresAt = identity.expiresAt();
        replaced.ifPresent(SessionSocket::replace);
        boolean begun =
            block(
                () -> Greeting.welcome(entering, identity, hello, rules, features),
                welcome -> welcome(entering, welcome.setId(requestId)),
                refusal -> turnAway(requestId, refusal));
        if (!begun) {
          turnAway(requestId, RequestRefused.unavailable());
        }
      }
    }
  }

  private static void replace(Session earlier) {
    earlier.loop().execute(() -> earlier.outbox().close(CloseCode.REPLACED, Duration.ZERO));
  }

  private static void welcome(Session entering, ServerFrame.Builder welcome) {
    OutgoingFrame frame = News.frame(welcome);
    entering.welcome(frame);
    frame.release();
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
  /// too much to do.
  <T> boolean block(Supplier<T> work, Consumer<T> done, Consumer<RequestRefused> failed) {
    return rules
        .workers()
        .run(
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

  /// Runs a task on this socket's event loop, later; drops it when the node has ended.
  void later(Runnable task) {
    connection.later(task);
  }

  /// Answers a request with what `work` gives, which may block.
  void ask(int requestId, Supplier<ServerFrame.Builder> work) {
    requestBegun();
    boolean begun =
        block(
            work,
            answer -> {
              send(answer.setId(requestId));
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

  /// Replaces the token's end; another user's token closes the socket.
  void refresh(Session known, String token, Consumer<Instant> refreshed) {
    switch (rules.verifier().verify(token)) {
      case Verification.Rejected _ -> connection.close(CloseCode.UNAUTHENTICATED, Duration.ZERO);
      case Verification.Verified(Identity identity) -> {
        if (identity.user().equals(known.user())) {
          expiresAt = identity.expiresAt();
          warned = false;
          refreshed.accept(expiresAt);
        } else {
          connection.close(CloseCode.WRONG_USER, Duration.ZERO);
        }
      }
    }
  }

  @Override
  public void ticked(long nowNanos) {
    Session known = session;
    if (known == null) {
      return;
    }
    known.tick(nowNanos);
    Instant now = rules.clock().instant();
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
    Session known = session;
    if (known != null) {
      rules.sessions().remove(known);
      known.end();
    }
  }

  @Override
  public boolean hasRequestsInFlight() {
    return requestsInFlight > 0;
  }
}
