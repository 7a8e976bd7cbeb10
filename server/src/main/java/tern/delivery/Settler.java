// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import tern.store.Database;
import tern.store.RepeatingTasks;
import tern.store.StoreException;

/// The safety net under announcements: what is committed stands in the `intake` table until it is
/// settled, and what stands there too long is announced again.
///
/// Today a change is settled when it has been announced. One thread of its own; a store that is
/// away only delays it.
public final class Settler implements AutoCloseable {
  private static final Duration SETTLE_EVERY = Duration.ofMillis(100);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Database database;
  private final int node;
  private final Consumer<List<Settled>> onSettled;
  private final RepeatingTasks tasks = new RepeatingTasks("settler");

  private record Group(long groupNo, List<Settled> changes) {}

  // Announced, on their way to onSettled; as bounded as the announcements that the intake lets
  // wait.
  private final ConcurrentLinkedQueue<Group> announced = new ConcurrentLinkedQueue<>();
  // Rows that somebody on this node answers for: being announced, or settled and too young to
  // delete.
  private final Set<Long> known = ConcurrentHashMap.newKeySet();
  // Owned by the tasks' thread.
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
  /// @param mayGo whether a settled row is needed by nobody else; asked again until it is so
  public void start(Consumer<Unsettled> announceAgain, LongPredicate mayGo) {
    for (Unsettled row : database.run(connection -> IntakeTable.all(connection, node))) {
      known.add(row.groupNo());
      announced.add(new Group(row.groupNo(), row.settled()));
    }
    tasks.every(SETTLE_EVERY, this::settle);
    tasks.every(LOOK_EVERY, () -> look(announceAgain, mayGo));
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

  private void look(Consumer<Unsettled> announceAgain, LongPredicate mayGo) {
    database
        .run(connection -> IntakeTable.look(connection, node, known))
        .forEach(row -> announce(row, announceAgain));
    List<Long> done = settled.stream().filter(mayGo::test).toList();
    if (!done.isEmpty()) {
      List<Long> gone = database.run(connection -> IntakeTable.deleteOld(connection, node, done));
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

  /// Settles what has been announced, then ends.
  @Override
  public void close() {
    tasks.endWith(this::settle);
  }
}
