// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes single things and hands on groups: whatever waits while one group is being committed is
/// the next.
///
/// One thread of its own works the groups off one after the other, in the order of arrival. The
/// queue is bounded; when it is full, [#offer] says so and the caller refuses.
public final class GroupCommit<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  // How soon an idle thread sees that it is closed; nobody interrupts it, that would break off a
  // commit.
  private static final long IDLE_LOOK_MS = 100;

  // How long what failed waits for company before it is tried again.
  private static final long RETRY_LOOK_MS = 5;

  private final BlockingQueue<T> waiting;
  private final int capacity;
  private final int groupSize;
  private final Function<List<T>, List<T>> commit;
  private final Thread thread;
  private volatile boolean closed;

  /// @param capacity how many may wait, and as many may be tried again
  /// @param groupSize how many go at once, beside those that are tried again
  /// @param commit what is done with a group; returns those to be tried again, which lead the next
  ///     group. Whatever it throws is logged and the next group taken
  public GroupCommit(String name, int capacity, int groupSize, Function<List<T>, List<T>> commit) {
    this.waiting = new ArrayBlockingQueue<>(capacity);
    this.capacity = capacity;
    this.groupSize = groupSize;
    this.commit = commit;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
  }

  /// Does `work` with a group. Where that fails in a way that will not pass, it is done with its
  /// halves, down to the single ones that are to blame: one that can't be worked off harms nobody
  /// else.
  ///
  /// @param hopeless told of those, and why
  /// @return what is to be tried again, for the store is away
  public static <T> List<T> workOff(
      List<T> group, Consumer<List<T>> work, BiConsumer<T, RuntimeException> hopeless) {
    try {
      work.accept(group);
      return List.of();
    } catch (RuntimeException e) {
      if (e instanceof StoreException store && store.isPassing()) {
        LOG.atWarn().addKeyValue("cause", e.getMessage()).log("store away, later");
        return group;
      }
      if (group.size() == 1) {
        hopeless.accept(group.getFirst(), e);
        return List.of();
      }
    }
    int half = group.size() / 2;
    List<T> again = new ArrayList<>(workOff(group.subList(0, half), work, hopeless));
    again.addAll(workOff(group.subList(half, group.size()), work, hopeless));
    return again;
  }

  /// Starts the thread; to be called once.
  public GroupCommit<T> start() {
    thread.start();
    return this;
  }

  /// Returns false, and does not take the item, when the queue is full or closed. Never blocks.
  public boolean offer(T item) {
    return !closed && waiting.offer(item);
  }

  /// Waits for room, for callers that must be held back; returns false when closed or interrupted.
  public boolean put(T item) {
    try {
      if (closed) {
        return false;
      }
      waiting.put(item);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// How many wait now.
  public int size() {
    return waiting.size();
  }

  private void work() {
    List<T> again = List.of();
    while (!closed || !waiting.isEmpty() || !again.isEmpty()) {
      List<T> group = new ArrayList<>(again);
      again = List.of();
      try {
        take(group);
        if (!group.isEmpty()) {
          again = commit.apply(group);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody may interrupt " + thread.getName(), e);
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).addKeyValue("thread", thread.getName()).log("a group failed");
      }
    }
  }

  private void take(List<T> group) throws InterruptedException {
    if (group.size() >= capacity) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_LOOK_MS));
      return;
    }
    T first = waiting.poll(group.isEmpty() ? IDLE_LOOK_MS : RETRY_LOOK_MS, TimeUnit.MILLISECONDS);
    if (first != null) {
      group.add(first);
      // However many are tried again: they must not keep the rest from their turn.
      waiting.drainTo(group, groupSize - 1);
    }
  }

  /// Takes nothing more, works off what waits, and returns when that is done.
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
