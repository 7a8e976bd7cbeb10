// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import tern.gateway.TestCertificate;
import tern.push.JsonText;
import tern.push.Wire;

/// Firebase Cloud Messaging's HTTP v1 API, and Google's token service, on the loopback address over
/// HTTP/2 and TLS, behind a [Wire]. It speaks its errors, and refuses what Google would.
public final class FakeFcm implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;
  private static final int MAX_TEXT_BYTES = 4_096;
  private static final String SEND_PATH =
      "/v1/projects/" + ServiceAccount.PROJECT + "/messages:send";

  /// A push that was accepted.
  ///
  /// @param target its token or installation id
  public record Accepted(String target, JsonObject message, Instant at) {}

  private final Vertx vertx = Vertx.vertx();
  private final Wire wire;
  private final int directPort;
  private final TestCertificate certificate;
  private final ServiceAccount account;
  private final List<Accepted> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger sends = new AtomicInteger();
  private final Consumer<Accepted> log;
  private volatile TokenService tokens;
  private volatile Function<String, Optional<FcmReply>> rule = _ -> Optional.empty();
  private volatile long delayMillis;

  /// Starts with a server's certificate.
  public FakeFcm(TestCertificate certificate, ServiceAccount account) {
    this(certificate, account, Optional.empty());
  }

  /// Starts, and tells of each push that it accepts, on its event loop, in place of keeping it.
  public FakeFcm(TestCertificate certificate, ServiceAccount account, Consumer<Accepted> log) {
    this(certificate, account, Optional.of(log));
  }

  private FakeFcm(
      TestCertificate certificate, ServiceAccount account, Optional<Consumer<Accepted>> log) {
    this.certificate = certificate;
    this.account = account;
    this.log = log.orElse(accepted::add);
    this.tokens = new TokenService(account);
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(certificate.chain())
                    .setKeyPath(certificate.key()));
    this.directPort =
        vertx
            .createHttpServer(options)
            .requestHandler(this::take)
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join()
            .actualPort();
    this.wire = new Wire(vertx, directPort);
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              FcmReply reply =
                  "/token".equals(request.path())
                      ? tokens.answer(body.toString())
                      : message(request, body.toString());
              if (delayMillis > 0) {
                vertx.setTimer(delayMillis, _ -> answer(request.response(), reply));
              } else {
                answer(request.response(), reply);
              }
            });
  }

  private FcmReply message(HttpServerRequest request, String body) {
    sends.incrementAndGet();
    if (!SEND_PATH.equals(request.path())) {
      return FcmReply.error(404, "NOT_FOUND", "NOT_FOUND");
    }
    if (!tokens.isGood(String.valueOf(request.getHeader("authorization")))) {
      return FcmReply.unauthenticated();
    }
    JsonObject message = new JsonObject(body).getJsonObject("message", new JsonObject());
    if (message.containsKey("token") == message.containsKey("fid")) {
      return FcmReply.invalid("message");
    }
    if (textBytes(message) > MAX_TEXT_BYTES) {
      return FcmReply.invalid("message.android");
    }
    String target = message.getString("token", message.getString("fid"));
    return rule.apply(target).orElseGet(() -> accept(target, message));
  }

  private static int textBytes(JsonObject message) {
    JsonObject android = message.getJsonObject("android", new JsonObject());
    return JsonText.bytes(message.getJsonObject("data", new JsonObject()).encode())
        + JsonText.bytes(android.getJsonObject("notification", new JsonObject()).encode());
  }

  private FcmReply accept(String target, JsonObject message) {
    log.accept(new Accepted(target, message, Instant.now()));
    return FcmReply.accepted();
  }

  private static void answer(HttpServerResponse response, FcmReply reply) {
    if (reply.isNone()) {
      return;
    }
    reply.retryAfter().ifPresent(it -> response.putHeader("retry-after", it));
    response
        .setStatusCode(reply.status())
        .putHeader("content-type", reply.isJson() ? "application/json" : "text/html")
        .end(reply.body());
  }

  /// The settings of a node that pushes to it, with the quotas that Google has.
  public FcmConfig config(Path folder) throws IOException {
    return new FcmConfig(
        account.in(folder, address()).toString(), 600_000, 240, 20, address(), certificate.chain());
  }

  private String address() {
    return "https://localhost:" + wire.port();
  }

  /// Where it is reached without the wire: for measuring.
  public int directPort() {
    return directPort;
  }

  /// Makes it slow, silent or unreachable.
  public Wire wire() {
    return wire;
  }

  /// Whom it gives access tokens to.
  public TokenService tokens() {
    return tokens;
  }

  /// What it has accepted, the first first; empty when somebody else keeps it.
  public List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  /// How often it was asked to send, whatever it answered.
  public int sends() {
    return sends.get();
  }

  /// From now on accepts everything.
  public void accepts() {
    rule = _ -> Optional.empty();
  }

  /// From now on answers all targets like this.
  public void answers(FcmReply reply) {
    rule = _ -> Optional.of(reply);
  }

  /// From now on answers a target like this, or accepts when empty.
  public void answers(Function<String, Optional<FcmReply>> replies) {
    rule = replies;
  }

  /// Each answer takes so long from now on; what is accepted counts from its arrival.
  public void delay(Duration time) {
    delayMillis = time.toMillis();
  }

  @Override
  public void close() {
    wire.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
