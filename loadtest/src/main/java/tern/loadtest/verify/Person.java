// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a user's devices share: the rooms they own or visit, what they sent, and each other.
final class Person {
  private final List<Actor> devices = new CopyOnWriteArrayList<>();
  private final SentMessages sent = new SentMessages();
  private final AskedChanges changes = new AskedChanges();
  private final AskedChanges arrangements = new AskedChanges();
  private final AskedChanges shares = new AskedChanges();
  private final AskedChanges rulings = new AskedChanges();
  private final Map<String, List<String>> owned = new ConcurrentHashMap<>();
  private final Map<String, Boolean> visited = new ConcurrentHashMap<>();
  private final List<String> peers = new CopyOnWriteArrayList<>();

  void carries(Actor device) {
    devices.add(device);
  }

  void owns(String conversation, List<String> guests) {
    owned.put(conversation, guests);
  }

  void visits(String conversation) {
    visited.put(conversation, true);
  }

  /// Has a conversation with this user alone.
  void talksTo(String peer) {
    peers.add(peer);
  }

  /// Those with whom this user has a conversation alone.
  List<String> peers() {
    return List.copyOf(peers);
  }

  SentMessages sent() {
    return sent;
  }

  AskedChanges changes() {
    return changes;
  }

  /// What they passed on and pressed.
  AskedChanges shares() {
    return shares;
  }

  /// What they asked for of their own list.
  AskedChanges arrangements() {
    return arrangements;
  }

  /// What they asked for of rooms and members.
  AskedChanges rulings() {
    return rulings;
  }

  /// The guests of each room that this user owns.
  Map<String, List<String>> owned() {
    return owned;
  }

  boolean isGuestOf(String conversation) {
    return visited.containsKey(conversation);
  }

  List<String> visited() {
    return new ArrayList<>(visited.keySet());
  }

  Optional<Actor> otherThan(Actor device) {
    return devices.stream().filter(other -> other != device).findFirst();
  }
}
