// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Stored;

/// What the store holds at the end, prepared for looking things up.
final class Truth {
  private final Map<String, Room> rooms;

  private final Told told;

  private final Said said;

  private Truth(Map<String, Room> rooms, Told told, Said said) {
    this.rooms = rooms;
    this.told = told;
    this.said = said;
  }

  /// What users said of each other and of themselves.
  Said said() {
    return said;
  }

  static Truth of(History history) {
    Map<String, Map<String, List<Stay>>> stays = Stays.of(history);
    Map<String, Room> rooms = new HashMap<>();
    Told told = Told.of(history);
    for (Stored stored : history.conversations()) {
      String conversation = stored.conversation();
      Rights rights = new Rights(stored, told, history.beganAtMs());
      rooms.put(
          conversation,
          new Room(
              stored,
              stays.getOrDefault(conversation, Map.of()),
              rights,
              new Shelves(stored, told)));
    }
    return new Truth(rooms, told, new Said(history.people()));
  }

  Collection<Room> rooms() {
    return rooms.values();
  }

  /// The conversation; one that the store does not hold has neither messages nor members.
  Room room(String conversation) {
    Room room = rooms.get(conversation);
    if (room != null) {
      return room;
    }
    Stored nothing = Stored.nothing(conversation);
    return new Room(nothing, Map.of(), new Rights(nothing, told, 0), new Shelves(nothing, told));
  }

  /// Checks one message that somebody was shown against what it was when `revision` was the newest.
  void agrees(
      ClientLog client,
      String conversation,
      Item shown,
      long revision,
      Likeness.Way way,
      Findings findings) {
    Room room = room(conversation);
    Optional<Item> kept =
        room.message(shown.sequence()).flatMap(_ -> room.timeline().at(shown.sequence(), revision));
    findings.check(
        kept.map(state -> kind(room, state, shown)).orElse(Invariant.UNCOMMITTED),
        kept.isPresent() && Likeness.isSame(kept.get(), shown, way, client.user()),
        "%s was shown %s in %s at revision %s, the store held %s",
        client.client(),
        shown,
        conversation,
        revision,
        kept);
  }

  /// What it would be, if what was shown is not what was kept.
  private static Invariant kind(Room room, Item kept, Item shown) {
    if (kept.isDeleted() && !shown.text().isEmpty()) {
      return Invariant.LEAKED;
    }
    boolean wasIts = hadText(room.timeline().states(shown.sequence()).values(), shown);
    if (wasIts || kept.text().equals(shown.text())) {
      return Invariant.DIVERGED;
    }
    boolean isOthers = room.stored().past().states().stream().anyMatch(hasTextOf(shown));
    return isOthers ? Invariant.DISORDERED : Invariant.UNCOMMITTED;
  }

  private static boolean hadText(Collection<Item> states, Item shown) {
    return states.stream().anyMatch(hasTextOf(shown));
  }

  private static Predicate<Item> hasTextOf(Item shown) {
    return state -> state.text().equals(shown.text());
  }
}
