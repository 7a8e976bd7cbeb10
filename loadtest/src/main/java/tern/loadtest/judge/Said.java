// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.People;
import tern.loadtest.history.ProfileSeen;
import tern.loadtest.history.Relation;

/// What users said of each other and of themselves, each state of it in order.
final class Said {
  private final Map<String, Map<String, List<Relation>>> relations = new HashMap<>();
  private final Map<String, List<ProfileSeen>> profiles = new HashMap<>();

  Said(People people) {
    for (Relation state : people.relations()) {
      relations
          .computeIfAbsent(state.user(), _ -> new HashMap<>())
          .computeIfAbsent(state.other(), _ -> new ArrayList<>(List.of(nothing(state))))
          .add(state);
    }
    for (ProfileSeen state : people.profiles()) {
      profiles.computeIfAbsent(state.user(), _ -> new ArrayList<>()).add(state);
    }
  }

  // What stands before anything is said.
  private static Relation nothing(Relation first) {
    return nothing(first.user(), first.other());
  }

  private static Relation nothing(String user, String other) {
    return new Relation(user, other, false, false, Long.MIN_VALUE / 2);
  }

  /// Each state of what a user said of another, the first one that nothing was.
  List<Relation> all(String user, String other) {
    return relations
        .getOrDefault(user, Map.of())
        .getOrDefault(other, List.of(nothing(user, other)));
  }

  /// What stays.
  Relation last(String user, String other) {
    return all(user, other).getLast();
  }

  /// Everything that this user said last.
  List<Relation> last(String user) {
    return relations.getOrDefault(user, Map.of()).values().stream().map(List::getLast).toList();
  }

  /// Whether the user blocks one of these in the end.
  boolean blocksAnyOf(String user, Iterable<String> others) {
    for (String other : others) {
      if (last(user, other).blocked()) {
        return true;
      }
    }
    return false;
  }

  /// Whether one of these users may have blocked another one at a moment between two times.
  boolean anyCouldBlock(Iterable<String> users, String other, long from, long to) {
    for (String user : users) {
      List<Relation> states = all(user, other);
      for (int i = 0; i < states.size(); i++) {
        boolean hadEnded =
            i + 1 < states.size() && states.get(i + 1).at() + Rights.COMMITTED_BY < from;
        if (states.get(i).blocked() && states.get(i).at() <= to + Rights.CLOCKS && !hadEnded) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether a user blocked another one at a time, beyond doubt.
  boolean blocked(String user, String other, long at) {
    boolean isSure = false;
    for (Relation state : all(user, other)) {
      if (state.at() <= at + Rights.CLOCKS) {
        isSure = state.blocked() && state.at() + Rights.COMMITTED_BY < at;
      }
    }
    return isSure;
  }

  /// Each state of a user's profile.
  List<ProfileSeen> profiles(String user) {
    return profiles.getOrDefault(user, List.of());
  }

  /// The profile that stays, if there is one.
  Optional<ProfileSeen> profile(String user) {
    List<ProfileSeen> all = profiles(user);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /// Who ever had a profile.
  Iterable<String> shown() {
    return profiles.keySet();
  }
}
