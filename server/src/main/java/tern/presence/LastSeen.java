// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.presence;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import tern.id.UserId;

/// When users last looked at the app: when they came and when they went, kept at most once a minute
/// for each user in the store, where it survives the node. A crash loses a minute at most of who
/// was away by then; of who was online six, for every five minutes they are kept as seen, too.
final class LastSeen {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  // Who waits for their next turn; of further ones this time is forgotten.
  private static final int MAX_WAITING = 500_000;
  private static final int AT_ONCE = 1_000;
  // In a turn: so that many who are online do not hold up who waits for news of presence.
  private static final int MAX_WRITES = 5;
  private static final Duration LOOK_EVERY = Duration.ofMinutes(5);

  private final PresenceTable table;
  private final InstantSource clock;
  private final Supplier<Collection<UserId>> looking;
  private final ConcurrentMap<UserId, Instant> waiting = new ConcurrentHashMap<>();
  // Owned by the thread that calls keep: who was kept within the last minute.
  private final Map<UserId, Instant> kept = new HashMap<>();
  private Instant lookedAt; // owned by it, too

  /// @param looking tells who looks at the app just now
  LastSeen(PresenceTable table, InstantSource clock, Supplier<Collection<UserId>> looking) {
    this.table = table;
    this.clock = clock;
    this.looking = looking;
    this.lookedAt = clock.instant();
  }

  /// The user looked at the app until then. Never blocks.
  void seen(UserId user, Instant at) {
    if (waiting.size() < MAX_WAITING) {
      waiting.merge(user, at, (one, other) -> one.isAfter(other) ? one : other);
    }
  }

  /// Nothing that waits is to be kept of this user.
  void forget(UserId user) {
    waiting.remove(user);
  }

  /// The later of what the store says and what waits to be kept there.
  Optional<Instant> of(UserId user, Optional<Instant> stored) {
    Optional<Instant> known = Optional.ofNullable(waiting.get(user));
    return known.isPresent() && known.get().isAfter(stored.orElse(Instant.MIN)) ? known : stored;
  }

  /// Keeps those whose turn it is. Blocks.
  void keep() {
    Instant now = clock.instant();
    if (!now.isBefore(lookedAt.plus(LOOK_EVERY))) {
      lookedAt = now;
      looking.get().forEach(user -> seen(user, now));
    }
    kept.values().removeIf(at -> at.plus(PAUSE).isBefore(now));
    keep(now, false);
  }

  /// Keeps all. Blocks.
  void keepAll() {
    keep(clock.instant(), true);
  }

  private void keep(Instant now, boolean all) {
    Map<UserId, Instant> due = new HashMap<>();
    int writes = 0;
    for (Map.Entry<UserId, Instant> each : waiting.entrySet()) {
      if (all || !kept.containsKey(each.getKey())) {
        due.put(each.getKey(), each.getValue());
      }
      if (due.size() == AT_ONCE) {
        write(due, now);
        due.clear();
        writes++;
      }
      if (writes == MAX_WRITES && !all) {
        return;
      }
    }
    if (!due.isEmpty()) {
      write(due, now);
    }
  }

  // What has come meanwhile stays; so does all when the store fails.
  private void write(Map<UserId, Instant> due, Instant now) {
    var _ = table.keep(due);
    due.forEach(waiting::remove);
    due.keySet().forEach(user -> kept.put(user, now));
  }
}
