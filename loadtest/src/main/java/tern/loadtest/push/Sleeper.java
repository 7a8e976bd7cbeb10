// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tern.loadtest.client.Await;
import tern.loadtest.client.Device;
import tern.loadtest.client.DeviceListener;
import tern.loadtest.client.DeviceName;
import tern.loadtest.client.Sockets;
import tern.loadtest.client.Tokens;
import tern.loadtest.target.Target;
import tern.v1.ApnsEnvironment;
import tern.v1.ApnsRegistration;
import tern.v1.AppState;
import tern.v1.ClientFrame;
import tern.v1.DeviceState;
import tern.v1.PushRegistration;
import tern.v1.RegisterDevice;
import tern.v1.ServerFrame;
import tern.v1.SetAppState;

/// A phone that registers for pushes and goes away. Owned by its event loop.
final class Sleeper implements DeviceListener {
  /// After that a node believes that those who have gone are away: it has just started itself, and
  /// takes that long to tell.
  static final Duration UNTIL_AWAY = Duration.ofSeconds(13);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_ONCE = 500;
  private static final String NAME = "sleeper";

  private final Device device;
  private final int number;
  private volatile boolean isAsleep;
  private volatile String refusal = "";

  private Sleeper(Sockets sockets, Target target, Tokens tokens, int number) {
    this.number = number;
    this.device =
        new Device(
            sockets,
            sockets.nextLoop(),
            target.address(),
            new DeviceName(user(number), "phone", "app"),
            tokens,
            this,
            new Random(number));
  }

  /// Whose phone it is.
  static String user(int number) {
    return NAME + number;
  }

  /// The number of whoever is called so.
  static int number(String user) {
    return Integer.parseInt(user.substring(NAME.length()));
  }

  /// Registers the phones of these numbers; returns when all have gone.
  static void register(Sockets sockets, Target target, List<Integer> numbers) {
    Tokens tokens = target.tokens();
    for (int from = 0; from < numbers.size(); from += AT_ONCE) {
      List<Sleeper> some =
          numbers.subList(from, Math.min(numbers.size(), from + AT_ONCE)).stream()
              .map(number -> new Sleeper(sockets, target, tokens, number))
              .toList();
      some.forEach(it -> it.device.loop().execute(it.device::start));
      boolean inTime =
          Await.until(PATIENCE, () -> some.stream().allMatch(it -> it.isAsleep || it.isRefused()));
      some.stream()
          .filter(it -> it.isRefused() || !inTime)
          .findFirst()
          .ifPresent(
              it -> {
                throw new IllegalStateException(
                    "no phone of " + user(it.number) + " registered: " + it.refusal);
              });
    }
  }

  private boolean isRefused() {
    return !refusal.isEmpty();
  }

  @Override
  public void received(ServerFrame frame, Optional<ClientFrame> asked) {
    switch (frame.getFrameCase()) {
      // The device is welcome once it has seen this itself.
      case WELCOME -> device.loop().execute(this::register);
      case DEVICE_REGISTERED -> sleep();
      case ERROR -> refusal = frame.getError().getMessage();
      default -> {}
    }
  }

  private void register() {
    device.ask(
        ClientFrame.newBuilder()
            .setSetAppState(SetAppState.newBuilder().setAppState(AppState.APP_STATE_BACKGROUND))
            .build());
    device.ask(
        ClientFrame.newBuilder()
            .setRegisterDevice(RegisterDevice.newBuilder().setDevice(state()))
            .build());
  }

  private DeviceState state() {
    return DeviceState.newBuilder()
        .setRegistration(
            PushRegistration.newBuilder()
                .setApns(
                    ApnsRegistration.newBuilder()
                        .setToken(AcceptAll.token(number))
                        .setBundleId(AcceptAll.BUNDLE)
                        .setEnvironment(ApnsEnvironment.APNS_ENVIRONMENT_PRODUCTION)))
        .setLocale("en")
        .setTimeZone("UTC")
        .build();
  }

  private void sleep() {
    device.stop(true);
    isAsleep = true;
  }
}
