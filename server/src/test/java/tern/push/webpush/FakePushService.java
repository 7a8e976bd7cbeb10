// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tern.device.PushRegistration;
import tern.gateway.TestCertificate;

/// A browsers' push service on the loopback address, with TLS and HTTP/2. It takes only what is
/// signed as RFC 8292 says and encrypted for the browser that subscribed, and keeps what that
/// browser read.
public final class FakePushService implements AutoCloseable {
  private static final int MAX_BYTES = 4_096;
  private static final long WAIT_SECONDS = 10;
  private static final String PATH = "/send/";

  private final Vertx vertx;
  private final HttpServerOptions options;
  private final int port;
  private final Map<String, Browser> browsers = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Received> log = new ConcurrentLinkedQueue<>();
  private final Consumer<Received> keeping;
  private volatile Optional<Reply> reply = Optional.empty();
  private volatile boolean isHung;
  private volatile boolean isDown;
  private volatile long delayMillis;
  private volatile HttpServer server;

  /// A push that a browser has read.
  ///
  /// @param subscription the last part of its endpoint
  public record Received(
      String subscription,
      JsonObject payload,
      int ttlSeconds,
      String urgency,
      String topic,
      int bytes) {}

  private record Reply(int status, Map<String, String> headers, String body) {}

  /// A service that shows this certificate, at a port of its own.
  public FakePushService(Vertx vertx, TestCertificate certificate) {
    this(vertx, certificate, Optional.empty());
  }

  /// Likewise, and it tells of each push that a browser has read, on its event loop, in place of
  /// keeping it.
  public FakePushService(Vertx vertx, TestCertificate certificate, Consumer<Received> log) {
    this(vertx, certificate, Optional.of(log));
  }

  private FakePushService(
      Vertx vertx, TestCertificate certificate, Optional<Consumer<Received>> log) {
    this.vertx = vertx;
    this.keeping = log.orElse(this.log::add);
    this.options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(certificate.chain())
                    .addKeyPath(certificate.key()));
    this.server = listen(0);
    this.port = server.actualPort();
  }

  private HttpServer listen(int at) {
    return wait(vertx.createHttpServer(options).requestHandler(this::take).listen(at, "localhost"));
  }

  private static <T> T wait(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /// A browser's new subscription.
  public PushRegistration.WebPush subscribe(String subscription) {
    Browser browser = browsers.computeIfAbsent(subscription, _ -> new Browser());
    return browser.registration("https://localhost:" + port + PATH + subscription);
  }

  /// What browsers have read, the first one first; empty when somebody else keeps it.
  public List<Received> log() {
    return List.copyOf(log);
  }

  /// From now on it does what push services do.
  public void works() {
    reply = Optional.empty();
    isHung = false;
    if (isDown) {
      server = listen(port);
      isDown = false;
    }
  }

  /// Ends all connections; from now on nobody listens, until it works again.
  public void goesDown() {
    isDown = true;
    wait(server.close());
  }

  /// From now on it takes requests and says nothing.
  public void hangs() {
    isHung = true;
  }

  /// From now on this is its answer to all.
  public void answers(int status, Map<String, String> headers, String body) {
    isHung = false;
    reply = Optional.of(new Reply(status, Map.copyOf(headers), body));
  }

  /// Each answer takes so long from now on; what is read counts from its arrival.
  public void delay(Duration time) {
    delayMillis = time.toMillis();
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              if (!isHung) {
                answerInTime(request.response(), reply.orElseGet(() -> read(request, body)));
              }
            });
  }

  private void answerInTime(HttpServerResponse response, Reply answer) {
    if (delayMillis > 0) {
      vertx.setTimer(delayMillis, _ -> answer(response, answer));
    } else {
      answer(response, answer);
    }
  }

  private static void answer(HttpServerResponse response, Reply reply) {
    reply.headers().forEach(response::putHeader);
    var _ = response.setStatusCode(reply.status()).end(reply.body());
  }

  private static Reply reply(int status, String reason) {
    return new Reply(status, Map.of(), new JsonObject().put("reason", reason).encode());
  }

  private Reply read(HttpServerRequest request, Buffer body) {
    String subscription = request.uri().replaceFirst(PATH, "");
    Browser browser = browsers.get(subscription);
    if (browser == null) {
      return reply(410, "Unsubscribed");
    }
    if (body.length() > MAX_BYTES) {
      return reply(413, "PayloadTooLarge");
    }
    try {
      if (!isSigned(header(request, "authorization"))) {
        return reply(403, "BadJwtToken");
      }
      byte[] plain = browser.read(body.getBytes());
      keeping.accept(
          new Received(
              subscription,
              new JsonObject(new String(plain, StandardCharsets.UTF_8)),
              Integer.parseInt(header(request, "ttl")),
              header(request, "urgency"),
              header(request, "topic"),
              body.length()));
      return new Reply(201, Map.of("location", "https://localhost/message/1"), "");
    } catch (GeneralSecurityException | RuntimeException _) {
      return reply(400, "BadEncryption");
    }
  }

  private static String header(HttpServerRequest request, String name) {
    return Objects.requireNonNullElse(request.getHeader(name), "");
  }

  // RFC 8292, 2 and 3.
  private boolean isSigned(String header) throws GeneralSecurityException {
    String[] parts = header.replaceFirst("^vapid t=", "").split(", k=", -1);
    String[] token = parts[0].split("\\.", -1);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(P256.publicKey(bytes(parts[1])));
    signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
    JsonObject claims = new JsonObject(new String(bytes(token[1]), StandardCharsets.UTF_8));
    long left = claims.getLong("exp") - Instant.now().getEpochSecond();
    return signature.verify(bytes(token[2]))
        && claims.getString("aud").equals("https://localhost:" + port)
        && claims.getString("sub").startsWith("mailto:")
        && left > 0
        && left <= TimeUnit.DAYS.toSeconds(1);
  }

  private static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }

  @Override
  public void close() {
    wait(server.close());
  }
}
