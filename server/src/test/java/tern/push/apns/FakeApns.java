// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.eatthepath.pushy.apns.server.UnregisteredDeviceTokenException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import tern.auth.Secret;
import tern.gateway.TestCertificate;
import tern.push.Wire;

/// Apple's push service on the loopback address: Pushy's own, over HTTP/2 and TLS, behind a [Wire]
/// that can make it slow, silent or unreachable.
public final class FakeApns implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;
  private static final String PATH = "/3/device/";

  /// A push that was accepted.
  ///
  /// @param headers those of the request, by their names in lower case
  public record Accepted(
      String token, JsonObject payload, int bytes, Map<String, String> headers, Instant at) {}

  private final Vertx vertx = Vertx.vertx();
  private final EventLoopGroup loop = newLoop();
  private final MockApnsServer server;
  private final Wire wire;
  private final int directPort;
  private final TestCertificate certificate;
  private final List<Accepted> accepted = new CopyOnWriteArrayList<>();
  private final List<String> clients = new CopyOnWriteArrayList<>();
  private volatile Function<String, Optional<RejectedNotificationException>> rule =
      _ -> Optional.empty();

  /// Starts with a server's certificate; it trusts clients that show the same.
  public FakeApns(TestCertificate certificate) throws IOException {
    this(certificate, Optional.empty());
  }

  /// Starts, and tells of each push that it accepts, on its event loop, in place of keeping it.
  public FakeApns(TestCertificate certificate, Consumer<Accepted> log) throws IOException {
    this(certificate, Optional.of(log));
  }

  private FakeApns(TestCertificate certificate, Optional<Consumer<Accepted>> log)
      throws IOException {
    this.certificate = certificate;
    Consumer<Accepted> keeping = log.orElse(accepted::add);
    this.server =
        new MockApnsServerBuilder()
            .setServerCredentials(new File(certificate.chain()), new File(certificate.key()), null)
            .setTrustedClientCertificateChain(new File(certificate.chain()))
            .setEventLoopGroup(loop)
            .setHandlerFactory(session -> handler(session, keeping))
            .build();
    this.directPort = freePort();
    server.start(directPort).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    this.wire = new Wire(vertx, directPort);
  }

  @SuppressWarnings("deprecation") // Pushy takes no other of Netty 4.2's groups.
  private static EventLoopGroup newLoop() {
    return new NioEventLoopGroup(1);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private PushNotificationHandler handler(SSLSession session, Consumer<Accepted> log) {
    try {
      clients.add(session.getPeerPrincipal().getName());
    } catch (SSLPeerUnverifiedException _) {
      clients.add("");
    }
    return (headers, payload) -> take(headers, payload, log);
  }

  private void take(Http2Headers headers, ByteBuf payload, Consumer<Accepted> log)
      throws RejectedNotificationException {
    String token = headers.path().toString().substring(PATH.length());
    Optional<RejectedNotificationException> refusal = rule.apply(token);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    Map<String, String> texts = new HashMap<>();
    headers.forEach(it -> texts.put(it.getKey().toString(), it.getValue().toString()));
    JsonObject json = new JsonObject(payload.toString(StandardCharsets.UTF_8));
    log.accept(new Accepted(token, json, payload.readableBytes(), texts, Instant.now()));
  }

  /// The settings of a node that pushes to it with this key, for all apps.
  public ApnsConfig config(SigningKey key) {
    return new ApnsConfig(
        key.file().toString(),
        SigningKey.KEY_ID,
        SigningKey.TEAM_ID,
        "",
        Secret.of(""),
        List.of(),
        1,
        "localhost",
        port(),
        certificate.chain());
  }

  /// Where it is reached, over the wire.
  public int port() {
    return wire.port();
  }

  /// Where it is reached without the wire: for measuring.
  public int directPort() {
    return directPort;
  }

  /// Makes it slow, silent or unreachable.
  public Wire wire() {
    return wire;
  }

  /// What it has accepted, the first first; empty when somebody else keeps it.
  public List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  /// Whom connections were from: the names in the clients' certificates, empty without one.
  public List<String> clients() {
    return List.copyOf(clients);
  }

  /// From now on accepts everything.
  public void accepts() {
    rule = _ -> Optional.empty();
  }

  /// From now on refuses everything, for this reason.
  public void refuses(RejectionReason reason) {
    rule = _ -> Optional.of(new RejectedNotificationException(reason));
  }

  /// From now on all tokens are dead since then.
  public void buries(Instant since) {
    buries(_ -> true, since);
  }

  /// From now on these tokens are dead since then; all others live.
  public void buries(Predicate<String> tokens, Instant since) {
    rule =
        token ->
            tokens.test(token)
                ? Optional.of(new UnregisteredDeviceTokenException(since))
                : Optional.empty();
  }

  /// Answers take so long from now on.
  public void delay(Duration time) {
    wire.delay(time);
  }

  @Override
  public void close() {
    wire.close();
    server.shutdown().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
