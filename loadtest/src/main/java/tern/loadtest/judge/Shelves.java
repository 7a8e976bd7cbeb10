// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.Personal;
import tern.loadtest.history.Stored;

/// What each member of one conversation arranged for themselves, and when: who clears their history
/// sees from then on only what follows.
final class Shelves {
  private final Stored stored;
  private final Told told;
  private final Map<String, List<Personal.Place>> places = new HashMap<>();

  Shelves(Stored stored, Told told) {
    this.stored = stored;
    this.told = told;
    for (Personal.Place place : stored.personal().places()) {
      places.computeIfAbsent(place.user(), _ -> new ArrayList<>()).add(place);
    }
  }

  /// Each state of a user's, in order.
  List<Personal.Place> of(String user) {
    return places.getOrDefault(user, List.of());
  }

  /// The state that stays.
  Optional<Personal.Place> last(String user) {
    List<Personal.Place> all = of(user);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /// What a user may have begun to write by a time, nothing included.
  List<String> drafts(String user, long at) {
    List<String> drafts = new ArrayList<>(List.of(""));
    for (Personal.Draft draft : stored.personal().drafts()) {
      if (draft.user().equals(user) && draft.at() <= at + Rights.CLOCKS) {
        drafts.add(draft.text());
      }
    }
    return drafts;
  }

  /// The draft that stays.
  String lastDraft(String user) {
    String last = "";
    for (Personal.Draft draft : stored.personal().drafts()) {
      last = draft.user().equals(user) ? draft.text() : last;
    }
    return last;
  }

  /// The stay with the first message that the user may see in the end.
  Stay last(String user, Stay stay) {
    List<Personal.Place> edges = edges(user, stay);
    return edges.isEmpty() ? stay : stay.from(edges.getLast().visibleFrom());
  }

  /// The stay with each first message that the user may have been able to see at a moment between
  /// two times.
  List<Stay> between(String user, Stay stay, long from, long to) {
    List<Personal.Place> edges = edges(user, stay);
    List<Stay> may = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      boolean hadEnded =
          i + 1 < edges.size()
              && told.edgeBy(stored.conversation(), user, edges.get(i + 1).visibleFrom()) < from;
      if (!hadEnded && edges.get(i).at() <= to + Rights.CLOCKS) {
        may.add(stay.from(edges.get(i).visibleFrom()));
      }
    }
    return may.isEmpty() ? List.of(stay) : may;
  }

  /// Likewise of live steps, which may still show what was cleared.
  List<Stay> until(String user, Stay stay, long to) {
    return between(user, stay, Long.MIN_VALUE, to);
  }

  /// Whether the user cleared away a message at any time.
  boolean everCleared(String user, long sequence) {
    return of(user).stream().anyMatch(place -> place.visibleFrom() > sequence);
  }

  /// The states in which the user saw less than before.
  private List<Personal.Place> edges(String user, Stay stay) {
    List<Personal.Place> edges = new ArrayList<>();
    for (Personal.Place place : of(user)) {
      boolean isNew = edges.isEmpty() || edges.getLast().visibleFrom() != place.visibleFrom();
      if (place.joined() == stay.joined() && isNew) {
        edges.add(place);
      }
    }
    return edges;
  }
}
