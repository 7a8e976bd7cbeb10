// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import tern.push.ledger.MarkTable;
import tern.push.ledger.PushPlace;
import tern.store.Database;
import tern.store.RepeatingTasks;
import tern.store.StoreException;

/// Keeps up to where each device has acknowledged in the foreground: collected, and kept twice a
/// second. Only a mark that is kept settles a message; one that is lost in a crash costs a push
/// that need not have been.
public final class DeviceMarks implements AutoCloseable {
  private static final Duration FLUSH_EVERY = Duration.ofMillis(500);
  private static final int AT_ONCE = 1_000;
  // Further ones are dropped: the device's next one covers them.
  private static final int MAX_WAITING = 500_000;

  private final Database database;
  private final Consumer<Map<PushPlace, Long>> kept;
  private final ConcurrentMap<PushPlace, Long> waiting = new ConcurrentHashMap<>();
  private final RepeatingTasks tasks = new RepeatingTasks("device marks");

  /// @param kept told of marks that have moved in the store
  public DeviceMarks(Database database, Consumer<Map<PushPlace, Long>> kept) {
    this.database = database;
    this.kept = kept;
  }

  /// Begins.
  public DeviceMarks start() {
    tasks.every(FLUSH_EVERY, this::flush);
    return this;
  }

  /// The device knows of everything up to `sequence`, and the person looks. Any thread; never
  /// blocks.
  public void acknowledge(PushPlace place, long sequence) {
    if (sequence > 0 && waiting.size() < MAX_WAITING) {
      waiting.merge(place, sequence, Math::max);
    }
  }

  private void flush() {
    while (!waiting.isEmpty()) {
      Map<PushPlace, Long> some = take();
      try {
        kept.accept(database.run(connection -> MarkTable.move(connection, some)));
      } catch (StoreException e) {
        some.forEach((place, sequence) -> waiting.merge(place, sequence, Math::max));
        throw e;
      }
    }
  }

  private Map<PushPlace, Long> take() {
    Map<PushPlace, Long> some = new HashMap<>();
    Iterator<PushPlace> places = waiting.keySet().iterator();
    while (places.hasNext() && some.size() < AT_ONCE) {
      PushPlace place = places.next();
      Long sequence = waiting.remove(place);
      if (sequence != null) {
        some.put(place, sequence);
      }
    }
    return some;
  }

  /// Keeps what waits, then ends.
  @Override
  public void close() {
    tasks.endWith(this::flush);
  }
}
