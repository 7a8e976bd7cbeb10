// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.push.sending;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tern.push.Push;
import tern.push.ledger.PushPlace;

/// When each place was told of something last, as far as it was a moment ago; what came after a
/// start alone is known. For any thread.
public final class Told {
  // A conversation makes itself heard on a device once in this time; what comes then quietly takes
  // its banner's place.
  private static final Duration QUIET = Duration.ofSeconds(30);
  // Whoever is forgotten for others hears a push once too often.
  private static final int REMEMBERED = 200_000;

  private record Last(Instant told, Instant heard) {}

  private static final Last NEVER = new Last(Instant.MIN, Instant.MIN);

  // It tidies up where it is written to: a task for that after each write is most of what it costs.
  private final Cache<PushPlace, Last> last =
      Caffeine.newBuilder()
          .expireAfterWrite(QUIET)
          .maximumSize(REMEMBERED)
          .executor(Runnable::run)
          .build();
  private final Duration pause;
  private final Clock clock;

  /// @param pause how long a place is let alone when it has been told
  public Told(Duration pause, Clock clock) {
    this.pause = pause;
    this.clock = clock;
  }

  private Last last(PushPlace place) {
    return last.asMap().getOrDefault(place, NEVER);
  }

  /// Whether the next push there is to make itself heard.
  boolean mayBeHeard(PushPlace place) {
    return !last(place).heard().plus(QUIET).isAfter(clock.instant());
  }

  /// Until when nothing more is to be sent there; long past where it was told nothing.
  Instant pausedUntil(PushPlace place) {
    return last(place).told().plus(pause);
  }

  /// Whether something was told there then or later.
  boolean isToldSince(PushPlace place, Instant then) {
    return !last(place).told().isBefore(then);
  }

  /// Until when nothing more is to be sent where something is on its way.
  Instant pausedFromNow() {
    return clock.instant().plus(pause);
  }

  /// This has been accepted, for these places.
  void accepted(Push push, List<PushPlace> places) {
    Instant now = clock.instant();
    boolean isHeard = push.payload() instanceof Push.Banner banner && banner.isAudible();
    for (PushPlace place : places) {
      if (push.payload() instanceof Push.Clear) {
        last.asMap().computeIfPresent(place, (_, it) -> new Last(it.told(), Instant.MIN));
      } else {
        last.put(place, new Last(now, isHeard ? now : last(place).heard()));
      }
    }
  }
}
