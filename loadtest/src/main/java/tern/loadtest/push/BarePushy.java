// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.util.SimpleApnsPayloadBuilder;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tern.push.apns.SigningKey;

/// What the library does that hands pushes to Apple, with nothing around it: what Tern's rate is
/// compared with.
final class BarePushy {
  // As many as a node has on their way.
  private static final int IN_FLIGHT = 4_000;
  private static final int PATIENCE_SECONDS = 60;
  private static final Duration TIME_TO_LIVE = Duration.ofDays(1);

  private BarePushy() {}

  /// Pushes a second, of so many after those to warm up, each with the headers and the fields of a
  /// node's, and as large as its last one.
  static double pushesPerSecond(AcceptAll apple, int warmUp, int count) {
    try {
      ApnsClient client = client(apple);
      try {
        send(client, apple, warmUp);
        long from = System.nanoTime();
        send(client, apple, count);
        return count * 1e9 / (System.nanoTime() - from);
      } finally {
        client.close().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("bare Pushy does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static ApnsClient client(AcceptAll apple) throws IOException, GeneralSecurityException {
    return new ApnsClientBuilder()
        .setApnsServer("localhost", apple.port())
        .setTrustedServerCertificateChain(new File(apple.certificate().chain()))
        .setSigningKey(
            ApnsSigningKey.loadFromPkcs8File(
                apple.key().file().toFile(), SigningKey.TEAM_ID, SigningKey.KEY_ID))
        .setConcurrentConnections(AcceptAll.CONNECTIONS)
        .build();
  }

  private static void send(ApnsClient client, AcceptAll apple, int count)
      throws InterruptedException {
    Instant expiresAt = Instant.now().plus(TIME_TO_LIVE);
    String text = "x".repeat(Math.max(0, apple.payloadBytes() - payload(0, "").length()));
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (int i = 0; i < count; i++) {
      room.acquire();
      var _ =
          client
              .sendNotification(
                  new SimpleApnsPushNotification(
                      AcceptAll.token(i % apple.devices()),
                      AcceptAll.BUNDLE,
                      payload(i, text),
                      expiresAt,
                      DeliveryPriority.IMMEDIATE,
                      PushType.ALERT,
                      conversation(i)))
              .whenComplete((_, _) -> room.release());
    }
    if (!room.tryAcquire(IN_FLIGHT, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("bare Pushy has not been answered");
    }
  }

  private static String conversation(int number) {
    return new UUID(0, number).toString();
  }

  // What a node says, as the library writes it.
  private static String payload(int number, String text) {
    return new SimpleApnsPayloadBuilder()
        .setBadgeNumber(1)
        .setSound("default")
        .setThreadId(conversation(number))
        .setCategoryName("MESSAGE")
        .setMutableContent(true)
        .setAlertTitle("")
        .setAlertBody(text)
        .addCustomProperty("tern", Map.of("sequence", 1, "conversation", conversation(number)))
        .build();
  }
}
