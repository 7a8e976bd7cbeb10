// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/// Counts what somebody has tried in vain, such as refused tokens by the address that brought them,
/// and lets whoever has had too many within a minute wait. Any thread may use it; it never blocks.
///
/// Remembers at most 100,000 of them, and forgets the least interesting first. Whoever tries is an
/// address, or a user's id; an IPv6 address counts as its network of 64 bits, for whoever has one
/// has all of it.
public final class FailedAttempts {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_REMEMBERED = 100_000;
  private static final int IPV6_BYTES = 16;

  private final int most;
  private final LongSupplier nanoClock;
  private final Cache<String, Failures> byWho =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(WINDOW).build();

  // Since the first of them.
  private record Failures(int count, long sinceNanos) {}

  /// @param mostPerMinute that one may have within a minute
  /// @param nanoClock as `System::nanoTime` tells it
  public FailedAttempts(int mostPerMinute, LongSupplier nanoClock) {
    this.most = mostPerMinute;
    this.nanoClock = nanoClock;
  }

  /// Notes that they have tried in vain.
  public void failed(String who) {
    long now = nanoClock.getAsLong();
    byWho
        .asMap()
        .compute(
            network(who),
            (_, earlier) ->
                earlier == null || now - earlier.sinceNanos() >= WINDOW.toNanos()
                    ? new Failures(1, now)
                    : new Failures(earlier.count() + 1, earlier.sinceNanos()));
  }

  /// How long they must wait before they may try again; zero: not at all.
  public Duration timeToWait(String who) {
    Failures failures = byWho.getIfPresent(network(who));
    if (failures == null || failures.count() < most) {
      return Duration.ZERO;
    }
    long left = failures.sinceNanos() + WINDOW.toNanos() - nanoClock.getAsLong();
    return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
  }

  private static String network(String who) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(who);
    return bytes == null || bytes.length < IPV6_BYTES
        ? who
        : HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_BYTES / 2));
  }
}
