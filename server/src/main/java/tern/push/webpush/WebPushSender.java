// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.webpush;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import tern.device.PushRegistration;
import tern.push.Push;
import tern.push.PushOutcome;
import tern.push.PushSender;

/// Pushes to browsers through whichever push service each has (RFC 8030): encrypted for the browser
/// alone, signed with our keys, only to public addresses. A virtual thread carries each push from
/// its first step to its outcome.
public final class WebPushSender implements PushSender {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  // Signatures are good for twelve hours, and cost more than all else.
  private static final Duration SIGNATURE_REUSED = Duration.ofHours(1);
  private static final int ORIGINS_REMEMBERED = 1_000;
  // RFC 8030, 5.2; no service keeps a push for longer than four weeks.
  private static final long MAX_TTL_SECONDS = Duration.ofDays(28).toSeconds();

  private final VapidKeys keys;
  private final WebPushConfig config;
  private final Clock clock;
  private final WebPushClient client;
  private final Cache<URI, Signed> signatures =
      Caffeine.newBuilder().maximumSize(ORIGINS_REMEMBERED).build();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tern-web-push-", 0).factory());
  private final Set<Promise<PushOutcome>> onTheWay = ConcurrentHashMap.newKeySet();

  private record Signed(String header, Instant at) {}

  /// A sender that signs with these keys.
  ///
  /// Throws [IllegalArgumentException] when the local certificate can't be used.
  ///
  /// @param config with a contact
  public WebPushSender(Vertx vertx, VapidKeys keys, WebPushConfig config, Clock clock) {
    this(vertx, keys, config, clock, PATIENCE);
  }

  /// @param patience with which the whole way of a push is bounded
  WebPushSender(Vertx vertx, VapidKeys keys, WebPushConfig config, Clock clock, Duration patience) {
    this.keys = keys;
    this.config = config;
    this.clock = clock;
    this.client = new WebPushClient(vertx, config.localCertificate(), patience);
  }

  @Override
  public Future<PushOutcome> send(Push push) {
    Promise<PushOutcome> ending = Promise.promise();
    onTheWay.add(ending);
    ending.future().onComplete(_ -> onTheWay.remove(ending));
    try {
      threads.execute(() -> ending.tryComplete(outcome(push)));
    } catch (RejectedExecutionException _) {
      ending.tryComplete(failed("closed"));
    }
    return ending.future();
  }

  private static PushOutcome failed(String cause) {
    return new PushOutcome.Failed(cause, Optional.empty());
  }

  private PushOutcome outcome(Push push) {
    Instant sentAt = clock.instant();
    if (!(push.to() instanceof PushRegistration.WebPush registration)) {
      return new PushOutcome.Refused("NOT_WEB_PUSH");
    }
    WebPushEndpoint endpoint;
    WebPushKeys browser;
    try {
      endpoint = WebPushEndpoint.of(registration.endpoint());
      browser = keys(registration);
    } catch (IllegalArgumentException _) {
      return new PushOutcome.Refused("INVALID_REGISTRATION");
    }
    if (push.payload() instanceof Push.Clear && endpoint.mustShow()) {
      return new PushOutcome.Refused("MUST_SHOW");
    }
    try {
      RequestOptions request = request(push, endpoint, sentAt);
      byte[] body = WebPushEncryption.encrypt(browser, WebPushPayload.of(push));
      return client
          .post(endpoint, request, Buffer.buffer(body))
          .await()
          .outcome(sentAt, clock.instant());
    } catch (Exception e) {
      return failure(e);
    }
  }

  // What an exception says may name the address: its kind is enough.
  private static PushOutcome failure(Exception e) {
    return switch (e) {
      case WebPushClient.Forbidden _ -> new PushOutcome.Refused("FORBIDDEN_ADDRESS");
      case TimeoutException _ -> failed("no answer in time");
      case InterruptedException _ -> failed("closed");
      case UnknownHostException _ -> failed("unknown host");
      default -> failed(e.getClass().getSimpleName());
    };
  }

  private static WebPushKeys keys(PushRegistration.WebPush registration) {
    Base64.Decoder base64 = Base64.getUrlDecoder();
    return new WebPushKeys(
        base64.decode(registration.p256dh()), base64.decode(registration.auth()));
  }

  private RequestOptions request(Push push, WebPushEndpoint endpoint, Instant now) {
    long ttl = Duration.between(now, push.expiresAt()).toSeconds();
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .setSsl(true)
        .setURI(endpoint.path())
        .putHeader("authorization", authorization(endpoint.origin(), now))
        .putHeader("ttl", Long.toString(Math.clamp(ttl, 0, MAX_TTL_SECONDS)))
        .putHeader("urgency", urgency(push.payload()))
        .putHeader("topic", WebPushPayload.topic(push))
        .putHeader("content-encoding", "aes128gcm")
        .putHeader("content-type", "application/octet-stream");
  }

  // RFC 8030, 5.3. On Android the usual waits for the phone's next look round.
  private static String urgency(Push.Payload payload) {
    return payload instanceof Push.Banner banner && banner.isAudible() ? "high" : "normal";
  }

  private String authorization(URI origin, Instant now) {
    Signed known = signatures.getIfPresent(origin);
    if (known != null && now.isBefore(known.at().plus(SIGNATURE_REUSED))) {
      return known.header();
    }
    Signed fresh = new Signed(keys.authorization(origin, config.contact(), now), now);
    signatures.put(origin, fresh);
    return fresh.header();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    onTheWay.forEach(it -> it.tryComplete(failed("closed")));
    client.close();
  }
}
