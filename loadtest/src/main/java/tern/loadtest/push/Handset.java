// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.util.HexFormat;
import java.util.Random;
import tern.device.PushRegistration.WebPush;
import tern.v1.ApnsEnvironment;
import tern.v1.ApnsRegistration;
import tern.v1.DeviceState;
import tern.v1.PushRegistration;
import tern.v1.WebPushRegistration;

/// What a person holds in their hand: one of the kinds of phone there are, with the address that
/// its push service has given it. Any thread may ask; one at a time renews.
final class Handset {
  private static final int KINDS = 4;
  private static final int TOKEN_BYTES = 32;

  private final PushServices services;
  private final int kind;
  private final Random random;
  private volatile PushRegistration registration;

  /// @param number each kind comes as often as the others
  Handset(PushServices services, int number, Random random) {
    this.services = services;
    this.kind = number % KINDS;
    this.random = random;
    this.registration = draw();
  }

  /// Its push service gives it another address.
  void renew() {
    registration = draw();
  }

  /// What it tells of itself.
  DeviceState state() {
    return DeviceState.newBuilder()
        .setRegistration(registration)
        .setLocale("en")
        .setTimeZone("UTC")
        .build();
  }

  private PushRegistration draw() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    PushRegistration.Builder drawn = PushRegistration.newBuilder();
    return switch (kind) {
      case 0 -> drawn.setApns(apns(token)).build();
      case 1 -> drawn.setFcmToken(token).build();
      case 2 -> drawn.setFcmInstallationId(token.substring(0, 22)).build();
      default -> drawn.setWebPush(webPush(services.subscribe(token))).build();
    };
  }

  private static ApnsRegistration apns(String token) {
    return ApnsRegistration.newBuilder()
        .setToken(token)
        .setBundleId(AcceptAll.BUNDLE)
        .setEnvironment(ApnsEnvironment.APNS_ENVIRONMENT_PRODUCTION)
        .build();
  }

  private static WebPushRegistration webPush(WebPush subscription) {
    return WebPushRegistration.newBuilder()
        .setEndpoint(subscription.endpoint())
        .setP256Dh(subscription.p256dh())
        .setAuth(subscription.auth())
        .build();
  }

  /// Where a push to it arrives: see [PushServices].
  static String address(PushRegistration registration) {
    return switch (registration.getKindCase()) {
      case APNS -> PushServices.APNS + registration.getApns().getToken();
      case FCM_TOKEN -> PushServices.FCM + registration.getFcmToken();
      case FCM_INSTALLATION_ID -> PushServices.FCM + registration.getFcmInstallationId();
      case WEB_PUSH -> {
        String endpoint = registration.getWebPush().getEndpoint();
        yield PushServices.WEB + endpoint.substring(endpoint.lastIndexOf('/') + 1);
      }
      case KIND_NOT_SET -> throw new IllegalArgumentException("a registration of no kind");
    };
  }
}
