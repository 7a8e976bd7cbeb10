// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import tern.device.PushRegistration.WebPush;
import tern.gateway.TestCertificate;
import tern.loadtest.history.PushHistory.Arrived;
import tern.loadtest.history.PushTimes;
import tern.push.apns.FakeApns;
import tern.push.apns.SigningKey;
import tern.push.fcm.FakeFcm;
import tern.push.fcm.ServiceAccount;
import tern.push.webpush.FakePushService;

/// Apple's, Google's and a browser's push service in this process, which outlive every node: they
/// take everything, note when it came, and answer after a while. Any thread may ask.
public final class PushServices implements AutoCloseable {
  static final String APNS = "apns/";
  static final String FCM = "fcm/";
  static final String WEB = "web/";

  private static final int CLOSE_SECONDS = 10;
  private static final PushTimes TIMES =
      new PushTimes(
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(4),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(200));

  private final LongSupplier clock;
  private final Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
  private final Map<String, String> settings = new HashMap<>();
  private final FakeApns apns;
  private final FakeFcm fcm;
  private final FakePushService web;

  /// @param clock nanoseconds since the run began
  public PushServices(LongSupplier clock) {
    this.clock = clock;
    try {
      this.folder = Files.createTempDirectory("tern-pushes-");
      TestCertificate certificate = TestCertificate.in(folder);
      SigningKey key = SigningKey.in(folder);
      this.apns = new FakeApns(certificate, this::take);
      this.fcm = new FakeFcm(certificate, ServiceAccount.create(), this::take);
      this.web = new FakePushService(vertx, certificate, this::take);
      settings(key, certificate);
    } catch (IOException e) {
      throw new UncheckedIOException("can't start the push services", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("can't start the push services", e);
    }
    apns.delay(TIMES.answer());
    fcm.delay(TIMES.answer());
    web.delay(TIMES.answer());
  }

  private void settings(SigningKey key, TestCertificate certificate) throws IOException {
    settings.put("TERN_PUSH_APNS_KEY", key.file().toString());
    settings.put("TERN_PUSH_APNS_KEY_ID", SigningKey.KEY_ID);
    settings.put("TERN_PUSH_APNS_TEAM_ID", SigningKey.TEAM_ID);
    settings.put("TERN_PUSH_APNS_HOST", "localhost");
    settings.put("TERN_PUSH_APNS_PORT", Integer.toString(apns.port()));
    settings.put("TERN_PUSH_APNS_AUTHORITIES", certificate.chain());
    settings.put("TERN_PUSH_FCM_SERVICE_ACCOUNT", fcm.config(folder).serviceAccount());
    settings.put("TERN_PUSH_FCM_ENDPOINT", fcm.config(folder).endpoint());
    settings.put("TERN_PUSH_FCM_AUTHORITIES", certificate.chain());
    settings.put("TERN_PUSH_WEB_PUSH_CONTACT", "mailto:loadtest@example.com");
    settings.put("TERN_PUSH_WEB_PUSH_LOCAL_CERTIFICATE", certificate.chain());
    settings.put("TERN_PUSH_TIMINGS_GRACE", text(TIMES.grace()));
    settings.put("TERN_PUSH_TIMINGS_UNKNOWN", text(TIMES.unknown()));
    settings.put("TERN_PUSH_TIMINGS_ELSEWHERE", text(TIMES.elsewhere()));
    settings.put("TERN_PUSH_TIMINGS_COME_BACK", text(TIMES.comeBack()));
    settings.put("TERN_PUSH_TIMINGS_PAUSE", text(TIMES.pause()));
  }

  private static String text(Duration time) {
    return time.toMillis() + "ms";
  }

  private void take(FakeApns.Accepted push) {
    JsonObject tern = push.payload().getJsonObject("tern");
    take(APNS + push.token(), tern, tern.containsKey("clear"));
  }

  private void take(FakeFcm.Accepted push) {
    JsonObject tern = new JsonObject(push.message().getJsonObject("data").getString("tern"));
    take(FCM + push.target(), tern, tern.containsKey("clear"));
  }

  private void take(FakePushService.Received push) {
    take(WEB + push.subscription(), push.payload(), push.payload().containsKey("clear"));
  }

  private void take(String address, JsonObject tern, boolean clears) {
    boolean namesIt = clears && tern.getValue("clear") instanceof String;
    String conversation = tern.getString(namesIt ? "clear" : "conversation", "");
    long sequence = tern.getLong("sequence", 0L);
    arrived.add(new Arrived(clock.getAsLong(), address, conversation, sequence, clears));
  }

  /// What a node must be told to push here, and how long it waits before.
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  /// How long the node waits, and the services take.
  public PushTimes times() {
    return TIMES;
  }

  /// What has come so far, the first first.
  public List<Arrived> arrived() {
    return List.copyOf(arrived);
  }

  /// How many have come that are not answered yet.
  public int inFlight() {
    long since = clock.getAsLong() - TIMES.answer().toNanos();
    int count = 0;
    for (int i = arrived.size() - 1; i >= 0 && arrived.get(i).at() > since; i--) {
      count++;
    }
    return count;
  }

  /// A browser's new subscription.
  WebPush subscribe(String name) {
    return web.subscribe(name);
  }

  @Override
  public void close() {
    apns.close();
    fcm.close();
    web.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
        .join();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete " + folder, e);
    }
  }
}
