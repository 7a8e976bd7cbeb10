// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.api.people.DeliveryRecords;
import tern.device.Device;
import tern.device.Devices;
import tern.device.PushRegistration;
import tern.gateway.push.PushContents;
import tern.gateway.request.RequestRefused;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.message.inbox.Inbox;
import tern.playground.DeliveryRoutes;
import tern.playground.LockScreenRoutes;
import tern.presence.Whereabouts;
import tern.push.Ledger;
import tern.push.MeteredPushes;
import tern.push.PushConfig;
import tern.push.PushSender;
import tern.push.Pushes;
import tern.push.Senders;
import tern.push.SparedSender;
import tern.push.Unread;
import tern.push.apns.ApnsSender;
import tern.push.demo.LockScreens;
import tern.push.fcm.FcmSender;
import tern.push.ledger.NewsTable;
import tern.push.ledger.RecordTable;
import tern.push.reporting.PushReports;
import tern.push.webpush.SparedOrigins;
import tern.push.webpush.VapidKeys;
import tern.push.webpush.VapidTable;
import tern.push.webpush.WebPushRoutes;
import tern.push.webpush.WebPushSender;
import tern.store.Database;
import tern.store.StoreException;

/// The push side, wired: what decides, what waits, and the ways to the push services.
final class PushWiring {
  private static final Logger LOG = LoggerFactory.getLogger(PushWiring.class);

  private static final Clock SERVICES = Clock.systemUTC();
  // As many devices as the playground's dialog lists.
  private static final int MAX_RECORDS = 100;

  private final Clock clock;
  private final PushConfig config;
  private final LockScreens lockScreens = new LockScreens();
  private final boolean isDemo;
  private final List<SparedSender> spared = new CopyOnWriteArrayList<>();
  // Of the web.
  private volatile Optional<SparedOrigins> browsers = Optional.empty();
  private final Vertx vertx;
  private final Database database;
  private final Optional<VapidKeys> vapid;

  /// @param isDemo whether what no push service is configured for is shown in the playground
  /// @param clock tells when pushes are due; the push services have their own time
  PushWiring(PushConfig config, boolean isDemo, Vertx vertx, Database database, Clock clock) {
    this.config = config;
    this.isDemo = isDemo;
    this.vertx = vertx;
    this.database = database;
    this.clock = clock;
    this.vapid =
        config.webPush().isSet() ? Optional.of(VapidTable.keys(database)) : Optional.empty();
  }

  /// Adds what pushes need over HTTP.
  void mount(Router router) {
    vapid.ifPresent(it -> new WebPushRoutes(it.publicKey()).mount(router));
    if (isDemo) {
      new LockScreenRoutes(vertx, lockScreens).mount(router);
      new DeliveryRoutes(vertx, this::delivery).mount(router);
    }
  }

  private Optional<JsonObject> delivery(ConversationId conversation, long sequence) {
    NewsTable news = new NewsTable(PushContents::of);
    DeliveryRecords records = new DeliveryRecords(new RecordTable(database, news, clock));
    try {
      return Optional.of(records.read(conversation, sequence, "", MAX_RECORDS));
    } catch (RequestRefused _) {
      return Optional.empty();
    }
  }

  /// What pushes go by.
  Clock clock() {
    return clock;
  }

  /// Whether the playground is served.
  boolean isDemo() {
    return isDemo;
  }

  /// Wires it.
  Pushes pushes(
      Database database, int node, Whereabouts whereabouts, Inbox inbox, MeterRegistry registry) {
    Devices devices = new Devices(database);
    MeteredPushes metered = new MeteredPushes(registry);
    Pushes pushes =
        new Pushes(
            new Ledger(database, node, clock),
            new Pushes.Surroundings(
                PushContents::of,
                whereabouts::of,
                asked -> unread(inbox.unread(asked)),
                (device, since) -> drop(devices, device, since)),
            config,
            senders(),
            metered);
    metered.watch(pushes);
    return pushes;
  }

  /// Takes what devices tell of their pushes.
  PushReports reports(MeterRegistry registry) {
    return new PushReports(database, new MeteredPushes(registry), clock);
  }

  private static Map<UserId, Unread> unread(Map<UserId, tern.message.inbox.Unread> found) {
    Map<UserId, Unread> unread = new HashMap<>();
    found.forEach((user, it) -> unread.put(user, new Unread(it.badge(), it.conversations())));
    return unread;
  }

  // What became of the push is kept by now: where the store is away, the next one is refused, too.
  private static void drop(Devices devices, Device device, Instant since) {
    try {
      device
          .registration()
          .ifPresent(dead -> devices.drop(device.user(), device.id(), dead, since));
    } catch (StoreException e) {
      LOG.atWarn().addKeyValue("cause", e.getMessage()).log("a dead registration stays for now");
    }
  }

  /// How each push service stands that is configured.
  Map<String, String> services() {
    Map<String, String> services = new HashMap<>();
    spared.forEach(it -> services.put(it.name(), it.isSpared() ? "does not answer" : "ok"));
    browsers.ifPresent(it -> services.put("web_push", ofBrowsers(it.spared())));
    return services;
  }

  // They are many; which ones is nobody's to read.
  private static String ofBrowsers(long spared) {
    return spared == 0 ? "ok" : "of its services " + spared + " do not answer";
  }

  private PushSender senders() {
    Map<Integer, PushSender> byKind = new HashMap<>();
    if (isDemo) {
      for (int kind = PushRegistration.Apns.KIND; kind <= PushRegistration.WebPush.KIND; kind++) {
        byKind.put(kind, lockScreens);
      }
    }
    if (config.apns().isOn()) {
      PushSender apns = spared("apns", new ApnsSender(config.apns(), SERVICES));
      byKind.put(PushRegistration.Apns.KIND, apns);
    }
    if (config.fcm().isOn()) {
      PushSender fcm = spared("fcm", new FcmSender(vertx, config.fcm(), SERVICES));
      byKind.put(PushRegistration.FcmToken.KIND, fcm);
      byKind.put(PushRegistration.FcmInstallation.KIND, fcm);
    }
    vapid.ifPresent(
        it -> {
          SparedOrigins webPush =
              new SparedOrigins(
                  new WebPushSender(vertx, it, config.webPush(), SERVICES), System::nanoTime);
          browsers = Optional.of(webPush);
          byKind.put(PushRegistration.WebPush.KIND, webPush);
        });
    return new Senders(byKind);
  }

  private PushSender spared(String name, PushSender sender) {
    SparedSender it = new SparedSender(name, sender, System::nanoTime);
    spared.add(it);
    return it;
  }
}
