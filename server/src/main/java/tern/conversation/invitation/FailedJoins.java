// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.conversation.invitation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;
import tern.id.UserId;

/// Counts wishes to join that named nothing, by the user who had them, and lets a user wait who had
/// too many within a minute. Any thread may use it; it never blocks.
///
/// Remembers at most 100,000 users, and forgets the least interesting first.
public final class FailedJoins {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_USERS = 100_000;

  private final int most;
  private final LongSupplier nanoClock;
  private final Cache<UserId, Failures> byUser =
      Caffeine.newBuilder().maximumSize(MAX_USERS).expireAfterWrite(WINDOW).build();

  // Since the first of them.
  private record Failures(int count, long sinceNanos) {}

  /// @param mostPerMinute that a user may have within a minute
  /// @param nanoClock as `System::nanoTime` tells it
  public FailedJoins(int mostPerMinute, LongSupplier nanoClock) {
    this.most = mostPerMinute;
    this.nanoClock = nanoClock;
  }

  /// Notes that this user has named nothing.
  public void failed(UserId user) {
    long now = nanoClock.getAsLong();
    byUser
        .asMap()
        .compute(
            user,
            (_, earlier) ->
                earlier == null || now - earlier.sinceNanos() >= WINDOW.toNanos()
                    ? new Failures(1, now)
                    : new Failures(earlier.count() + 1, earlier.sinceNanos()));
  }

  /// How long this user must wait before the next wish; zero: not at all.
  public Duration timeToWait(UserId user) {
    Failures failures = byUser.getIfPresent(user);
    if (failures == null || failures.count() < most) {
      return Duration.ZERO;
    }
    long left = failures.sinceNanos() + WINDOW.toNanos() - nanoClock.getAsLong();
    return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
  }
}
