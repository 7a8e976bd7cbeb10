// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.device;

import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.store.RepeatingTasks;

/// Forgets devices that nobody has used for long: most of them were given away or wiped. A thread
/// of its own, which ends with the node.
public final class DeviceExpiry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceExpiry.class);

  private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
  private static final int AT_ONCE = 500;

  private final Devices devices;
  private final Duration unseen;
  private final InstantSource clock;
  private final RepeatingTasks tasks = new RepeatingTasks("device-expiry");
  private volatile boolean closing;

  /// @param unseen for how long a device may not be there, at least an hour
  public DeviceExpiry(Devices devices, Duration unseen, InstantSource clock) {
    this.devices = devices;
    this.unseen = unseen;
    this.clock = clock;
  }

  /// Begins.
  public DeviceExpiry start() {
    tasks.every(LOOK_EVERY, this::look);
    return this;
  }

  /// Forgets all whose time is over; blocks.
  void look() {
    long forgotten = 0;
    int step = AT_ONCE;
    while (step == AT_ONCE && !closing) {
      step = devices.expire(clock.instant().minus(unseen), AT_ONCE);
      forgotten += step;
    }
    if (forgotten > 0) {
      LOG.atInfo().addKeyValue("devices", forgotten).log("devices forgotten");
    }
  }

  @Override
  public void close() {
    closing = true;
    tasks.endWith(() -> {});
  }
}
