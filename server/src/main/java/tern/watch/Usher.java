// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tern.id.ConversationId;
import tern.id.UserId;
import tern.store.RepeatingTasks;

/// Shows those out who may no longer watch, and tells the others how many they are: looks every
/// second. A thread of its own, which ends with the node.
public final class Usher implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  // Longer than any transaction lasts whose time is written before it commits.
  private static final Duration OVERLAP = Duration.ofSeconds(20);

  private final Watchers watchers;
  private final Doors doors;
  private final RepeatingTasks tasks = new RepeatingTasks("usher");
  // Owned by the tasks' thread: when the last look began that succeeded.
  private long lookedNanos = System.nanoTime();

  /// Takes whom it may concern, and what the store says of them.
  public Usher(Watchers watchers, Doors doors) {
    this.watchers = watchers;
    this.doors = doors;
  }

  /// Begins.
  public Usher start() {
    tasks.every(LOOK_EVERY, this::look);
    tasks.every(LOOK_EVERY, () -> watchers.tellCounts(System.nanoTime()));
    return this;
  }

  private void look() {
    long begun = System.nanoTime();
    List<ConversationId> watched = watchers.conversations();
    if (!watched.isEmpty()) {
      Duration lately = Duration.ofNanos(begun - lookedNanos).plus(OVERLAP);
      Map<ConversationId, Set<UserId>> gone = new HashMap<>();
      for (Doors.Closed each : doors.closed(watched, lately)) {
        each.user()
            .ifPresentOrElse(
                user -> gone.computeIfAbsent(each.conversation(), _ -> new HashSet<>()).add(user),
                () -> watchers.cutAll(each.conversation()));
      }
      gone.forEach(watchers::cut);
    }
    lookedNanos = begun;
  }

  @Override
  public void close() {
    tasks.endWith(() -> {});
  }
}
