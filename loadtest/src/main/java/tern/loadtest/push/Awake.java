// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.push;

import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tern.loadtest.client.Device;
import tern.loadtest.client.DeviceListener;
import tern.loadtest.client.DeviceName;
import tern.loadtest.client.Sockets;
import tern.loadtest.target.Target;
import tern.v1.ClientFrame;
import tern.v1.ServerFrame;

/// A sleeper's phone that is in use: it acknowledges what comes at least every 100 ms. Owned by its
/// event loop.
final class Awake implements DeviceListener {
  private static final int ACKNOWLEDGE_MS = 100;

  private final Device device;
  private final Set<String> moved = new HashSet<>();

  Awake(Sockets sockets, Target target, int number) {
    this.device =
        new Device(
            sockets,
            sockets.nextLoop(),
            target.address(),
            new DeviceName(Sleeper.user(number), "phone", "app"),
            target.tokens(),
            this,
            new Random(number));
  }

  void start() {
    device.loop().execute(device::start);
    ScheduledFuture<?> _ =
        device
            .loop()
            .scheduleAtFixedRate(
                this::acknowledge, ACKNOWLEDGE_MS, ACKNOWLEDGE_MS, TimeUnit.MILLISECONDS);
  }

  boolean isWelcome() {
    return device.isWelcome();
  }

  void stop() {
    device.loop().execute(() -> device.stop(true));
  }

  private void acknowledge() {
    if (device.isWelcome()) {
      moved.forEach(device::acknowledge);
      moved.clear();
    }
  }

  @Override
  public void received(ServerFrame frame, Optional<ClientFrame> asked) {
    if (frame.hasEnvelope()) {
      moved.add(frame.getEnvelope().getChanges().getConversationId());
    }
  }
}
