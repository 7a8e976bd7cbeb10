// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.session;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;

/// A bucket for each of many, by their names, so that whatever speaks for one of them shares one
/// rate. Forgets who has been silent until their bucket was full. Any thread may use it.
public final class TokenBuckets {
  private final int ratePerSecond;
  private final int burst;
  private final Map<String, TokenBucket> buckets;

  /// Takes the tokens that come back to each per second, and those of a full bucket; both from 1.
  public TokenBuckets(int ratePerSecond, int burst) {
    this.ratePerSecond = ratePerSecond;
    this.burst = burst;
    // One that nobody has touched for so long is full: a new one is the same.
    this.buckets =
        Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofSeconds(burst / ratePerSecond + 1))
            .<String, TokenBucket>build()
            .asMap();
  }

  /// Takes a token and returns zero, or takes none and returns for how long to wait. Never blocks.
  public Duration tryTake(String who) {
    long wait =
        buckets
            .computeIfAbsent(who, _ -> new TokenBucket(ratePerSecond, burst, System::nanoTime))
            .tryTake();
    return wait > 0 ? Duration.ofNanos(wait).plusMillis(1) : Duration.ZERO;
  }
}
