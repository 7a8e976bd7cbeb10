// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import tern.Eventually;
import tern.TestClient;
import tern.TestNode;
import tern.push.apns.FakeApns;
import tern.push.fcm.FakeFcm;
import tern.push.webpush.FakePushService;
import tern.v1.ApnsEnvironment;
import tern.v1.ApnsRegistration;
import tern.v1.AppState;
import tern.v1.ClientFrame;
import tern.v1.DeviceState;
import tern.v1.PushRegistration;
import tern.v1.RegisterDevice;
import tern.v1.ServerFrame;
import tern.v1.SetAppState;
import tern.v1.WebPushRegistration;

/// A device as an app has it: registered over a socket of its own, and reached by its push service.
final class AppDevice {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// By which service it is reached.
  enum Kind {
    APNS,
    FCM_TOKEN,
    FCM_INSTALLATION,
    WEB_PUSH
  }

  /// What it has been pushed.
  ///
  /// @param conversation empty: of several
  record Shown(
      boolean isClear,
      int badge,
      String conversation,
      long sequence,
      String text,
      boolean isAudible) {}

  private final Providers providers;
  private final Kind kind;
  private final String user;
  private final String device;
  private final String address;

  private AppDevice(Providers providers, Kind kind, String user, String device, String address) {
    this.providers = providers;
    this.kind = kind;
    this.user = user;
    this.device = device;
    this.address = address;
  }

  /// A new one, registered and away.
  static AppDevice away(TestNode node, Providers providers, Kind kind, String user, String device) {
    String address = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    AppDevice made = new AppDevice(providers, kind, user, device, address);
    made.register(node);
    return made;
  }

  /// The same piece of hardware after another user has signed in on it.
  AppDevice handedTo(TestNode node, String other) {
    AppDevice handed = new AppDevice(providers, kind, other, device, address);
    handed.register(node);
    return handed;
  }

  /// Registers, as the app does whenever it starts, and goes away again.
  void register(TestNode node) {
    try (TestClient client = open(node)) {
      ServerFrame answer =
          client.ask(
              ClientFrame.newBuilder()
                  .setRegisterDevice(RegisterDevice.newBuilder().setDevice(state())));
      assertThat(answer.hasDeviceRegistered()).as(answer.toString()).isTrue();
      // Nobody who has it in their hand just now.
      client.ask(
          ClientFrame.newBuilder()
              .setSetAppState(SetAppState.newBuilder().setAppState(AppState.APP_STATE_BACKGROUND)));
    }
  }

  private DeviceState state() {
    PushRegistration.Builder registration = PushRegistration.newBuilder();
    switch (kind) {
      case APNS ->
          registration.setApns(
              ApnsRegistration.newBuilder()
                  .setToken(address)
                  .setBundleId("com.example.app")
                  .setEnvironment(ApnsEnvironment.APNS_ENVIRONMENT_PRODUCTION));
      case FCM_TOKEN -> registration.setFcmToken(address);
      case FCM_INSTALLATION -> registration.setFcmInstallationId(address);
      case WEB_PUSH -> {
        tern.device.PushRegistration.WebPush browser = providers.browsers().subscribe(address);
        registration.setWebPush(
            WebPushRegistration.newBuilder()
                .setEndpoint(browser.endpoint())
                .setP256Dh(browser.p256dh())
                .setAuth(browser.auth()));
      }
    }
    return DeviceState.newBuilder()
        .setRegistration(registration)
        .setLocale("en")
        .setTimeZone("Europe/Vienna")
        .build();
  }

  /// Somebody looks at it: a socket in the foreground.
  TestClient open(TestNode node) {
    return TestClient.connect(node, user, device, "main");
  }

  /// What a push service knows it by.
  String address() {
    return address;
  }

  /// What it has been pushed, the first first.
  List<Shown> shown() {
    Stream<Shown> shown =
        switch (kind) {
          case APNS ->
              providers.apns().accepted().stream()
                  .filter(it -> it.token().equals(address))
                  .map(AppDevice::ofApple);
          case FCM_TOKEN, FCM_INSTALLATION ->
              providers.fcm().accepted().stream()
                  .filter(it -> it.target().equals(address))
                  .map(AppDevice::ofGoogle);
          case WEB_PUSH ->
              providers.browsers().log().stream()
                  .filter(it -> it.subscription().equals(address))
                  .map(AppDevice::ofABrowser);
        };
    return shown.toList();
  }

  /// Waits for so many pushes in all; returns the last of them.
  Shown await(int count) {
    Eventually.holds(
        count + " pushes to " + user + "'s " + device, PATIENCE, () -> shown().size() >= count);
    return shown().get(count - 1);
  }

  private static Shown ofApple(FakeApns.Accepted push) {
    JsonObject aps = push.payload().getJsonObject("aps");
    JsonObject tern = push.payload().getJsonObject("tern");
    return new Shown(
        tern.containsKey("clear"),
        aps.getInteger("badge"),
        tern.getString("conversation", tern.getString("clear", "")),
        tern.getLong("sequence", 0L),
        aps.getJsonObject("alert", new JsonObject()).getString("body", ""),
        aps.containsKey("sound"));
  }

  private static Shown ofGoogle(FakeFcm.Accepted push) {
    JsonObject tern = new JsonObject(push.message().getJsonObject("data").getString("tern"));
    JsonObject notification =
        push.message().getJsonObject("android").getJsonObject("notification", new JsonObject());
    return new Shown(
        tern.containsKey("clear"),
        tern.getInteger("badge"),
        tern.getString("conversation", tern.getString("clear", "")),
        tern.getLong("sequence", 0L),
        notification.getString("body", ""),
        "messages".equals(notification.getString("channel_id")));
  }

  private static Shown ofABrowser(FakePushService.Received push) {
    JsonObject payload = push.payload();
    return new Shown(
        payload.getBoolean("clear", false),
        payload.getInteger("badge"),
        payload.getString("conversation", ""),
        payload.getLong("sequence", 0L),
        payload.getString("body", ""),
        !payload.getBoolean("silent", false));
  }
}
