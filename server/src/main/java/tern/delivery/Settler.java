// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tern.store.Database;
import tern.store.StoreException;

/// The safety net under announcements: what is committed stands in the `intake` table until it is
/// settled, and what stands there too long is announced again.
///
/// Today a change is settled when it has been announced. One thread of its own; a store that is
/// away only delays it.
@SuppressWarnings("FutureReturnValueIgnored") // the tasks catch what they throw
public final class Settler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

  private static final long SETTLE_EVERY_MS = 100;
  private static final long LOOK_EVERY_MS = 1_000;

  private final Database database;
  private final int node;
  private final Consumer<List<Settled>> onSettled;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("settler").daemon().factory());

  private record Group(long groupNo, List<Settled> changes) {}

  // Announced, on their way to onSettled; as bounded as the announcements that the intake lets
  // wait.
  private final ConcurrentLinkedQueue<Group> announced = new ConcurrentLinkedQueue<>();
  // Rows that somebody on this node answers for: being announced, or settled and too young to
  // delete.
  private final Set<Long> known = ConcurrentHashMap.newKeySet();
  // Owned by the thread.
  private final Set<Long> settled = new HashSet<>();

  /// @param node this node's number in the intake table
  /// @param onSettled told of settled changes, in order; blocks until what it does is committed
  public Settler(Database database, int node, Consumer<List<Settled>> onSettled) {
    this.database = database;
    this.node = node;
    this.onSettled = onSettled;
  }

  /// Begins; to be called before the first session is let in. What a crash left behind need not be
  /// announced: every session of this node will read it from the store.
  ///
  /// @param announceAgain told of what nobody has announced
  public void start(Consumer<Unsettled> announceAgain) {
    for (Unsettled row : database.run(connection -> IntakeTable.all(connection, node))) {
      known.add(row.groupNo());
      announced.add(new Group(row.groupNo(), row.settled()));
    }
    thread.scheduleWithFixedDelay(
        guarded("settle", this::settle), 0, SETTLE_EVERY_MS, TimeUnit.MILLISECONDS);
    thread.scheduleWithFixedDelay(
        guarded("look", () -> look(announceAgain)), 0, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /// This node is about to announce the group. Any thread.
  public void announcing(long groupNo) {
    known.add(groupNo);
  }

  /// This node has announced the group. Any thread.
  public void announced(long groupNo, List<Settled> changes) {
    announced.add(new Group(groupNo, List.copyOf(changes)));
  }

  private void settle() {
    List<Group> groups = new ArrayList<>();
    for (Group group = announced.peek(); group != null; group = announced.peek()) {
      groups.add(group);
      announced.remove();
    }
    if (groups.isEmpty()) {
      return;
    }
    try {
      onSettled.accept(groups.stream().flatMap(group -> group.changes().stream()).toList());
      groups.forEach(group -> settled.add(group.groupNo()));
    } catch (StoreException e) {
      announced.addAll(groups);
      throw e;
    }
  }

  private void look(Consumer<Unsettled> announceAgain) {
    database
        .run(connection -> IntakeTable.look(connection, node, known))
        .forEach(row -> announce(row, announceAgain));
    if (!settled.isEmpty()) {
      List<Long> gone =
          database.run(connection -> IntakeTable.deleteOld(connection, node, settled));
      gone.forEach(settled::remove);
      gone.forEach(known::remove);
    }
  }

  private void announce(Unsettled row, Consumer<Unsettled> announceAgain) {
    known.add(row.groupNo());
    try {
      announceAgain.accept(row);
    } catch (StoreException e) {
      // Nobody answers for it yet: the next look finds it again.
      known.remove(row.groupNo());
      throw e;
    }
  }

  // A task that throws would never run again.
  private static Runnable guarded(String what, Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (StoreException e) {
        LOG.atWarn()
            .addKeyValue("task", what)
            .addKeyValue("cause", e.getMessage())
            .log("store away, later");
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).addKeyValue("task", what).log("settling failed");
      }
    };
  }

  /// Settles what has been announced, then ends.
  @Override
  public void close() {
    thread.execute(guarded("settle", this::settle));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("settling was cut short; the next start goes on with it");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
