// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.gateway.device;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import tern.device.Device;
import tern.device.DeviceState;
import tern.device.PushRegistration;
import tern.gateway.request.RequestRefused;
import tern.v1.ApnsEnvironment;
import tern.v1.ApnsRegistration;
import tern.v1.Devices;
import tern.v1.Hello;
import tern.v1.PushKind;
import tern.v1.WebPushRegistration;

/// Devices, from frames and into frames, which never hold an address. Holds no state.
public final class DeviceFrames {
  private DeviceFrames() {}

  /// What Hello tells of its device, if anything. Throws [RequestRefused] for what can't be.
  public static Optional<DeviceState> told(Hello hello) {
    return hello.hasDevice() ? Optional.of(state(hello.getDevice())) : Optional.empty();
  }

  /// What a device tells of itself, with its registration. Throws [RequestRefused] for what can't
  /// be.
  public static DeviceState registered(tern.v1.DeviceState it) {
    DeviceState state = state(it);
    if (state.registration().isEmpty()) {
      throw RequestRefused.invalid(
          "registration: missing (expected: apns, fcm_token, fcm_installation_id or web_push)");
    }
    return state;
  }

  private static DeviceState state(tern.v1.DeviceState it) {
    try {
      return new DeviceState(
          registration(it.getRegistration()), it.getLocale(), it.getTimeZone(), it.getAppVersion());
    } catch (IllegalArgumentException e) {
      throw RequestRefused.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<PushRegistration> registration(tern.v1.PushRegistration it) {
    return switch (it.getKindCase()) {
      case APNS -> Optional.of(apns(it.getApns()));
      case FCM_TOKEN -> Optional.of(new PushRegistration.FcmToken(it.getFcmToken()));
      case FCM_INSTALLATION_ID ->
          Optional.of(new PushRegistration.FcmInstallation(it.getFcmInstallationId()));
      case WEB_PUSH -> Optional.of(webPush(it.getWebPush()));
      case KIND_NOT_SET -> Optional.empty();
    };
  }

  private static PushRegistration apns(ApnsRegistration it) {
    boolean isSandbox =
        switch (it.getEnvironment()) {
          case APNS_ENVIRONMENT_PRODUCTION -> false;
          case APNS_ENVIRONMENT_SANDBOX -> true;
          case APNS_ENVIRONMENT_UNSPECIFIED, UNRECOGNIZED ->
              throw RequestRefused.invalid(
                  "apns.environment: missing (expected: production or sandbox)");
        };
    return new PushRegistration.Apns(it.getToken(), it.getBundleId(), isSandbox);
  }

  private static PushRegistration webPush(WebPushRegistration it) {
    return new PushRegistration.WebPush(it.getEndpoint(), it.getP256Dh(), it.getAuth());
  }

  /// A user's devices, as they are told.
  public static Devices devices(List<Device> devices) {
    return Devices.newBuilder()
        .addAllDevices(devices.stream().map(DeviceFrames::device).toList())
        .build();
  }

  /// A device, as it is told.
  public static tern.v1.Device device(Device it) {
    tern.v1.Device.Builder told =
        tern.v1.Device.newBuilder()
            .setDeviceId(it.id().value())
            .setLocale(it.locale())
            .setTimeZone(it.timeZone().map(ZoneId::getId).orElse(""))
            .setAppVersion(it.appVersion())
            .setSeenAtMs(it.seenAt().toEpochMilli());
    it.registration()
        .ifPresent(to -> tell(told.setRegisteredAtMs(it.registeredAt().toEpochMilli()), to));
    return told.build();
  }

  private static void tell(tern.v1.Device.Builder told, PushRegistration registration) {
    switch (registration) {
      case PushRegistration.Apns(_, String bundleId, boolean isSandbox) ->
          told.setKind(PushKind.PUSH_KIND_APNS)
              .setBundleId(bundleId)
              .setEnvironment(
                  isSandbox
                      ? ApnsEnvironment.APNS_ENVIRONMENT_SANDBOX
                      : ApnsEnvironment.APNS_ENVIRONMENT_PRODUCTION);
      case PushRegistration.FcmToken _ -> told.setKind(PushKind.PUSH_KIND_FCM_TOKEN);
      case PushRegistration.FcmInstallation _ -> told.setKind(PushKind.PUSH_KIND_FCM_INSTALLATION);
      case PushRegistration.WebPush _ -> told.setKind(PushKind.PUSH_KIND_WEB_PUSH);
    }
  }
}
