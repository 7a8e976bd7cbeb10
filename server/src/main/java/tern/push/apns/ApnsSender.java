// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tern.device.PushRegistration;
import tern.id.ConversationId;
import tern.push.Push;
import tern.push.PushOutcome;
import tern.push.PushSender;

/// Pushes to Apple's devices over HTTP/2, by Pushy: one event loop of its own, and connections to
/// the production and the sandbox host. A push is written by that loop and its outcome told by it;
/// nothing waits in between.
public final class ApnsSender implements PushSender {
  // Below the 30 s that a sender is given; Apple answers within a second.
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(15);

  /// Under which a newer summary takes the older one's place.
  private static final String SUMMARY = "tern-summary";

  private final Set<String> bundleIds;
  private final Clock clock;
  private final EventLoopGroup loop;
  private final ApnsConnections production;
  private final ApnsConnections sandbox;

  /// Reads the key or the certificate; connects when there is something to push.
  ///
  /// Throws `IllegalArgumentException` that names the setting, what was given and what was
  /// expected.
  public ApnsSender(ApnsConfig config, Clock clock) {
    this(config, clock, DEADLINE);
  }

  @SuppressWarnings("deprecation") // Pushy 0.15 takes no other of Netty 4.2's groups.
  ApnsSender(ApnsConfig config, Clock clock, Duration deadline) {
    this.bundleIds = Set.copyOf(config.bundleIds());
    this.clock = clock;
    this.loop = new NioEventLoopGroup(1, new DefaultThreadFactory("tern-apns", true));
    try {
      this.production = connections(config, false, loop, deadline);
      this.sandbox = connections(config, true, loop, deadline);
    } catch (SSLException e) {
      throw new IllegalArgumentException(
          "push.apns.authorities: " + config.authorities() + " (expected: certificates in PEM)", e);
    }
  }

  private static ApnsConnections connections(
      ApnsConfig config, boolean isSandbox, EventLoopGroup loop, Duration deadline)
      throws SSLException {
    ApnsClientBuilder builder =
        new ApnsClientBuilder()
            .setApnsServer(host(config, isSandbox), config.port())
            .setEventLoopGroup(loop)
            .setConcurrentConnections(config.connections())
            .setConnectionTimeout(CONNECT_TIMEOUT)
            .setGracefulShutdownTimeout(FAREWELL);
    ApnsCredentials.give(builder, config);
    return new ApnsConnections(builder, deadline);
  }

  static String host(ApnsConfig config, boolean isSandbox) {
    if (!config.host().isEmpty()) {
      return config.host();
    }
    return isSandbox
        ? ApnsClientBuilder.DEVELOPMENT_APNS_HOST
        : ApnsClientBuilder.PRODUCTION_APNS_HOST;
  }

  @Override
  public Future<PushOutcome> send(Push push) {
    if (!(push.to() instanceof PushRegistration.Apns to)) {
      return Future.succeededFuture(new PushOutcome.Refused("WRONG_KIND"));
    }
    if (!bundleIds.isEmpty() && !bundleIds.contains(to.bundleId())) {
      return Future.succeededFuture(new PushOutcome.Refused("BUNDLE_ID_NOT_IN_SETTINGS"));
    }
    Instant sentAt = clock.instant();
    Promise<PushOutcome> outcome = Promise.promise();
    (to.isSandbox() ? sandbox : production)
        .send(
            notification(push, to),
            (response, failure) -> outcome.complete(outcome(response, failure, sentAt)));
    return outcome.future();
  }

  // Only pushes of the type "alert" set a badge: one of the type "background" may not, and the
  // system lets few of those through. One without a text shows nothing; priority 5 wakes no screen.
  private static SimpleApnsPushNotification notification(Push push, PushRegistration.Apns to) {
    boolean isBanner = push.payload() instanceof Push.Banner;
    return new SimpleApnsPushNotification(
        to.token(),
        to.bundleId(),
        ApnsPayload.of(push),
        push.expiresAt(),
        isBanner ? DeliveryPriority.IMMEDIATE : DeliveryPriority.CONSERVE_POWER,
        PushType.ALERT,
        isBanner ? collapseId(push) : null);
  }

  private static String collapseId(Push push) {
    return push.conversation().map(ConversationId::toString).orElse(SUMMARY);
  }

  private static PushOutcome outcome(
      @Nullable PushNotificationResponse<SimpleApnsPushNotification> response,
      @Nullable Throwable failure,
      Instant sentAt) {
    return response == null ? ApnsAnswer.none(failure) : ApnsAnswer.outcome(response, sentAt);
  }

  @Override
  public void close() {
    var _ =
        CompletableFuture.allOf(production.close(), sandbox.close())
            .orTimeout(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, _) -> endLoop());
  }

  private void endLoop() {
    var _ = loop.shutdownGracefully(0, FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
  }
}
