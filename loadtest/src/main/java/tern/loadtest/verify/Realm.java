// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import tern.loadtest.client.Device;

/// The rooms in which people rule: not all, for whoever may not post does not help along. Its
/// founder stays an owner, so that there is always somebody who can undo what was done.
final class Realm {
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final Doors doors = new Doors();

  /// A ruled room: its key, who founded it, who else is meant to be there, and who comes and goes.
  record Room(String key, String founder, List<String> others, List<String> guests) {
    /// Somebody besides the founder, rather one who is meant to be there.
    String somebody(Random random) {
      return random.nextInt(4) == 0 ? anybody(random) : others.get(random.nextInt(others.size()));
    }

    /// Somebody besides the founder, member at the moment or not.
    String anybody(Random random) {
      List<String> all = new ArrayList<>(others);
      all.addAll(guests);
      return all.get(random.nextInt(all.size()));
    }
  }

  void rule(String conversation, Plan.Room planned) {
    List<String> founders = planned.founders();
    rooms.put(
        conversation,
        new Room(
            planned.key(),
            founders.getFirst(),
            founders.subList(1, founders.size()),
            planned.guests()));
  }

  /// The invitations to these rooms.
  Doors doors() {
    return doors;
  }

  boolean isRuled(String conversation) {
    return rooms.containsKey(conversation);
  }

  /// The ruled rooms that a device has opened.
  List<String> among(Device device) {
    return device.conversations().stream().filter(rooms::containsKey).toList();
  }

  /// A ruled room.
  Room room(String conversation) {
    Room room = rooms.get(conversation);
    if (room == null) {
      throw new IllegalArgumentException(
          "conversation: " + conversation + " (expected: a ruled one)");
    }
    return room;
  }

  /// The ruled rooms that this user founded.
  List<String> foundedBy(String user) {
    return rooms.entrySet().stream()
        .filter(entry -> entry.getValue().founder().equals(user))
        .map(Map.Entry::getKey)
        .toList();
  }
}
