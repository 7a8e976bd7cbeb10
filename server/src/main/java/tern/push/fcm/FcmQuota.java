// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.fcm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// What Google takes from us, kept by ourselves, so that it need not refuse: a bucket for the
/// project and one for each device. Any thread may ask.
///
/// Devices are remembered until their bucket is full again, 200,000 at most; beyond that the ones
/// not asked for longest are forgotten, and Google's own limit is met instead.
final class FcmQuota {
  private static final int MOST_DEVICES = 200_000;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoClock;
  private final Rate project;
  private final Rate device;
  private final AtomicLong projectFullAt;
  private final Cache<String, AtomicLong> devices;

  /// @param nanoClock as [System#nanoTime]
  FcmQuota(FcmConfig config, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.project = new Rate(Math.max(1, MINUTE / config.perMinute()), MINUTE);
    long perPush = Math.max(1, MINUTE / config.perMinuteToDevice());
    this.device = new Rate(perPush, perPush * config.burstToDevice());
    this.projectFullAt = new AtomicLong(nanoClock.getAsLong());
    this.devices =
        Caffeine.newBuilder()
            .maximumSize(MOST_DEVICES)
            .expireAfterWrite(Duration.ofNanos(device.nanosToFill()))
            .ticker(nanoClock::getAsLong)
            .build();
  }

  /// Takes a push to this address and returns zero, or takes none and returns how long to wait.
  Duration tryTake(String address) {
    long now = nanoClock.getAsLong();
    AtomicLong fullAt = devices.get(address, _ -> new AtomicLong(now));
    long wait = device.tryTake(fullAt, now);
    if (wait == 0) {
      // Written anew, for a bucket lives until it is full again.
      devices.put(address, fullAt);
      wait = project.tryTake(projectFullAt, now);
    }
    return Duration.ofNanos(wait);
  }

  /// A bucket holds no tokens but the moment at which it is full again.
  private record Rate(long nanosPerToken, long nanosToFill) {
    long tryTake(AtomicLong fullAt, long now) {
      while (true) {
        long seen = fullAt.get();
        long next = (seen - now > 0 ? seen : now) + nanosPerToken;
        long missing = next - now - nanosToFill;
        if (missing > 0) {
          return missing;
        }
        if (fullAt.compareAndSet(seen, next)) {
          return 0;
        }
      }
    }
  }
}
