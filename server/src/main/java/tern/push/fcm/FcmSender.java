// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import tern.device.PushRegistration;
import tern.push.Push;
import tern.push.PushOutcome;
import tern.push.PushSender;

/// Pushes to Android by Firebase's Admin SDK, whose calls wait: each on a virtual thread of its
/// own. What the project's or the device's quota has no room for is not sent, but told when to try
/// again.
public final class FcmSender implements PushSender {
  // Of one request; Google answers within a second.
  private static final Duration DEADLINE = Duration.ofSeconds(8);

  // A push may need a place, a fresh access token, and itself; below the 30 s of a sender.
  private static final int STEPS = 3;

  private static final PushOutcome TOO_LATE = new PushOutcome.Failed("TIMEOUT", Optional.empty());

  private final Clock clock;
  private final Duration patience;
  private final FcmQuota quota;
  private final FcmTransport transport;
  private final FirebaseApp app;
  private final FirebaseMessaging messaging;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Reads the service account; connects when there is something to push.
  ///
  /// Throws `IllegalArgumentException` that names the setting, what was given and what was
  /// expected.
  public FcmSender(Vertx vertx, FcmConfig config, Clock clock) {
    this(vertx, config, clock, DEADLINE);
  }

  FcmSender(Vertx vertx, FcmConfig config, Clock clock, Duration deadline) {
    this.clock = clock;
    this.patience = deadline.multipliedBy(STEPS);
    this.quota = new FcmQuota(config, System::nanoTime);
    this.transport =
        new FcmTransport(
            vertx, FcmCredentials.clients(vertx, config, deadline), config.endpoint(), deadline);
    FirebaseOptions options =
        FirebaseOptions.builder()
            .setCredentials(FcmCredentials.read(config, transport))
            .setHttpTransport(transport)
            .setThreadManager(new FcmThreads(threads))
            .build();
    // The SDK keeps its apps in a register of the whole JVM, by name.
    this.app = FirebaseApp.initializeApp(options, "tern-" + UUID.randomUUID());
    this.messaging = FirebaseMessaging.getInstance(app);
  }

  @Override
  public Future<PushOutcome> send(Push push) {
    if (!(push.to() instanceof PushRegistration.FcmToken
        || push.to() instanceof PushRegistration.FcmInstallation)) {
      return Future.succeededFuture(new PushOutcome.Refused("WRONG_KIND"));
    }
    Duration wait = quota.tryTake(push.to().address());
    if (wait.isPositive()) {
      return Future.succeededFuture(new PushOutcome.Failed("OWN_QUOTA", Optional.of(wait)));
    }
    Instant sentAt = clock.instant();
    try {
      return Future.fromCompletionStage(
          CompletableFuture.supplyAsync(() -> outcome(push, sentAt), threads)
              .completeOnTimeout(TOO_LATE, patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException _) {
      return Future.succeededFuture(new PushOutcome.Failed("CLOSED", Optional.empty()));
    }
  }

  private PushOutcome outcome(Push push, Instant sentAt) {
    try {
      messaging.send(message(push, sentAt));
      return new PushOutcome.Accepted();
    } catch (FirebaseMessagingException e) {
      return FcmAnswer.outcome(e, sentAt, clock.instant());
    } catch (IllegalArgumentException _) {
      // What the SDK itself does not take.
      return new PushOutcome.Refused("NO_MESSAGE");
    } catch (RuntimeException e) {
      // Such as the SDK's own words on an app that has been closed.
      return new PushOutcome.Failed(e.getClass().getSimpleName(), Optional.empty());
    }
  }

  // Google wants apps to move on to installation ids; those that have not still have a token.
  @SuppressWarnings("deprecation")
  private static Message message(Push push, Instant now) {
    Message.Builder message = FcmMessage.of(push, now);
    return push.to() instanceof PushRegistration.FcmInstallation to
        ? message.setFid(to.id()).build()
        : message.setToken(push.to().address()).build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    transport.close();
    app.delete();
  }
}
