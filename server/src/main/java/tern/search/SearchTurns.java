// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tern.id.UserId;
import tern.store.StoreException;

/// The turns to search: few at once, so that searches leave most of the store's connections to
/// others, and one at once of each user, so that nobody has them all. Blocks; for virtual threads.
final class SearchTurns {
  private static final int AT_ONCE = 3;
  private static final long PATIENCE_MS = 1_000;

  private final Semaphore all = new Semaphore(AT_ONCE, true);
  // Each lasts for as long as somebody holds it, or waits for it.
  private final Cache<UserId, Semaphore> own = Caffeine.newBuilder().weakValues().build();

  /// Searches when it is the user's turn. Throws [StoreException], passing, when too many search.
  <T> T take(UserId user, Supplier<T> search) {
    return take(
        own.get(user, _ -> new Semaphore(1, true)),
        "searches of this user",
        () -> take(all, "searches", search));
  }

  private static <T> T take(Semaphore turns, String what, Supplier<T> search) {
    try {
      if (!turns.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        throw StoreException.busy("too many " + what);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw StoreException.busy("interrupted");
    }
    try {
      return search.get();
    } finally {
      turns.release();
    }
  }
}
