// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tern.v1.WatchAccess;

/// The OPEN rooms, and those who are members of nothing and watch them. Any thread may use it.
final class Stage {
  /// What the access tokens of some of them name.
  static final String GRANT = "backstage";

  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final List<String> watchers = new CopyOnWriteArrayList<>();

  /// An OPEN room: who founded it, and who may watch.
  record Room(String founder, WatchAccess access) {}

  void open(String conversation, Plan.Room planned) {
    rooms.put(conversation, new Room(planned.founders().getFirst(), planned.access()));
  }

  void welcome(String watcher) {
    watchers.add(watcher);
  }

  /// Any of the rooms, whoever may watch it.
  Optional<String> any(Random random) {
    return any(List.copyOf(rooms.keySet()), random);
  }

  /// Any of those who watch.
  String anyWatcher(Random random) {
    return watchers.get(random.nextInt(watchers.size()));
  }

  /// Whether there is anybody who watches.
  boolean hasWatchers() {
    return !watchers.isEmpty();
  }

  /// Who may watch a room.
  WatchAccess access(String conversation) {
    return Optional.ofNullable(rooms.get(conversation)).orElseThrow().access();
  }

  /// Any of the rooms that this user founded.
  Optional<String> anyOf(String founder, Random random) {
    List<String> own =
        rooms.entrySet().stream()
            .filter(entry -> entry.getValue().founder().equals(founder))
            .map(Map.Entry::getKey)
            .toList();
    return any(own, random);
  }

  private static Optional<String> any(List<String> some, Random random) {
    // A set's order is nobody's choice; what is drawn from it is to be drawn again with the seed.
    List<String> sorted = some.stream().sorted().toList();
    return sorted.isEmpty()
        ? Optional.empty()
        : Optional.of(sorted.get(random.nextInt(sorted.size())));
  }
}
