// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.apns;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections to one of Apple's hosts, opened by the first push. Any thread may use them;
/// answers come on Pushy's event loop. Where nothing has been answered for as long as a push may
/// take, they are given up and opened anew, for Pushy itself holds on to a connection that swallows
/// everything, and to all that was written to it.
final class ApnsConnections {
  private static final Logger LOG = LoggerFactory.getLogger(ApnsConnections.class);

  private final ApnsClientBuilder builder;
  private final Duration deadline;
  private final AtomicReference<ApnsClient> client;

  private volatile long answeredAt = System.nanoTime();
  private volatile boolean isClosed;

  /// Checks the builder's credentials; throws `SSLException` when TLS can't be set up.
  ///
  /// @param deadline from a push to its answer
  ApnsConnections(ApnsClientBuilder builder, Duration deadline) throws SSLException {
    this.builder = builder;
    this.deadline = deadline;
    this.client = new AtomicReference<>(builder.build());
  }

  /// Sends it, and tells once, within the deadline, what was answered or why nothing was.
  void send(SimpleApnsPushNotification push, Answered then) {
    ApnsClient used = client.get();
    long sentAt = System.nanoTime();
    var _ =
        used.sendNotification(push)
            .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (response, failure) -> {
                  if (response != null) {
                    answeredAt = System.nanoTime();
                  } else if (failure instanceof TimeoutException && answeredAt - sentAt < 0) {
                    renew(used);
                  }
                  then.by(response, failure);
                });
  }

  private void renew(ApnsClient silent) {
    if (isClosed) {
      return;
    }
    ApnsClient fresh;
    try {
      fresh = builder.build();
    } catch (SSLException e) {
      LOG.warn("APNs: no new connection", e);
      return;
    }
    if (!client.compareAndSet(silent, fresh)) {
      var _ = fresh.close();
      return;
    }
    LOG.warn("APNs has not answered for seconds={}: connecting anew", deadline.toSeconds());
    var _ = silent.close();
    if (isClosed) {
      var _ = fresh.close();
    }
  }

  /// Ends them, and what is on its way; completes when nothing is left.
  CompletableFuture<Void> close() {
    isClosed = true;
    return client.get().close();
  }

  /// Hears of a push's end: an answer, or else why there is none.
  @FunctionalInterface
  interface Answered {
    void by(
        @Nullable PushNotificationResponse<SimpleApnsPushNotification> response,
        @Nullable Throwable failure);
  }
}
