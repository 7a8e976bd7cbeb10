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

/// Counts tokens that were refused, by the address that brought them, and lets an address wait that
/// brought too many within a minute. Any thread may use it; it never blocks.
///
/// Remembers at most 100,000 addresses, and forgets the least interesting first. An IPv6 address
/// counts as its network of 64 bits, for whoever has one has all of it.
public final class FailedHellos {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_ADDRESSES = 100_000;
  private static final int IPV6_BYTES = 16;

  private final int most;
  private final LongSupplier nanoClock;
  private final Cache<String, Failures> byAddress =
      Caffeine.newBuilder().maximumSize(MAX_ADDRESSES).expireAfterWrite(WINDOW).build();

  // Since the first of them.
  private record Failures(int count, long sinceNanos) {}

  /// @param mostPerMinute that an address may bring within a minute
  /// @param nanoClock as `System::nanoTime` tells it
  public FailedHellos(int mostPerMinute, LongSupplier nanoClock) {
    this.most = mostPerMinute;
    this.nanoClock = nanoClock;
  }

  /// Notes that this address has brought a token that was refused.
  public void failed(String address) {
    long now = nanoClock.getAsLong();
    byAddress
        .asMap()
        .compute(
            network(address),
            (_, earlier) ->
                earlier == null || now - earlier.sinceNanos() >= WINDOW.toNanos()
                    ? new Failures(1, now)
                    : new Failures(earlier.count() + 1, earlier.sinceNanos()));
  }

  /// How long this address must wait before it may bring another token; zero: not at all.
  public Duration timeToWait(String address) {
    Failures failures = byAddress.getIfPresent(network(address));
    if (failures == null || failures.count() < most) {
      return Duration.ZERO;
    }
    long left = failures.sinceNanos() + WINDOW.toNanos() - nanoClock.getAsLong();
    return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
  }

  private static String network(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null || bytes.length < IPV6_BYTES
        ? address
        : HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_BYTES / 2));
  }
}
