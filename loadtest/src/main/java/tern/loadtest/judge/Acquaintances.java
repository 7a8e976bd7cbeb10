// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who shares a conversation with whom: in the end, or at any time.
final class Acquaintances {
  private final Map<String, Set<String>> now = new HashMap<>();
  private final Map<String, Set<String>> ever = new HashMap<>();

  Acquaintances(Truth truth) {
    for (Room room : truth.rooms()) {
      String conversation = room.stored().conversation();
      for (String user : room.rights().users()) {
        ever.computeIfAbsent(user, _ -> new HashSet<>()).add(conversation);
        if (room.stay(user).isPresent()) {
          now.computeIfAbsent(user, _ -> new HashSet<>()).add(conversation);
        }
      }
    }
  }

  /// Whether they share one in the end; whoever knows themselves does.
  boolean know(String user, String other) {
    return share(now, user, other);
  }

  /// Whether they may have shared one at some time.
  boolean everMet(String user, String other) {
    return share(ever, user, other);
  }

  private static boolean share(Map<String, Set<String>> rooms, String user, String other) {
    return user.equals(other)
        || rooms.getOrDefault(user, Set.of()).stream()
            .anyMatch(rooms.getOrDefault(other, Set.of())::contains);
  }
}
