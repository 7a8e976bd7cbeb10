// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Stored;

/// What the store holds at the end, prepared for looking things up.
final class Truth {
  private final Map<String, Room> rooms;

  private Truth(Map<String, Room> rooms) {
    this.rooms = rooms;
  }

  static Truth of(History history) {
    Map<String, Map<String, List<Stay>>> stays = Stays.of(history);
    Map<String, Room> rooms = new HashMap<>();
    for (Stored stored : history.conversations()) {
      String conversation = stored.conversation();
      rooms.put(conversation, new Room(stored, stays.getOrDefault(conversation, Map.of())));
    }
    return new Truth(rooms);
  }

  Collection<Room> rooms() {
    return rooms.values();
  }

  /// The conversation; one that the store does not hold has neither messages nor members.
  Room room(String conversation) {
    Room room = rooms.get(conversation);
    return room != null
        ? room
        : new Room(new Stored(conversation, 0, 0, List.of(), List.of(), List.of()), Map.of());
  }

  /// Checks one message that somebody was shown against the store; true if it is the same.
  boolean agrees(String who, String conversation, Item shown, Findings findings) {
    Optional<Item> kept = room(conversation).message(shown.sequence());
    boolean isSame = kept.isPresent() && kept.get().sameAs(shown);
    boolean isOther = kept.isPresent() && !kept.get().text().equals(shown.text());
    Invariant kind =
        kept.isEmpty() || (isOther && !isKept(conversation, shown))
            ? Invariant.UNCOMMITTED
            : isOther ? Invariant.DISORDERED : Invariant.DIVERGED;
    findings.check(
        kind, isSame, "%s was shown %s in %s, the store holds %s", who, shown, conversation, kept);
    return isSame;
  }

  private boolean isKept(String conversation, Item shown) {
    return room(conversation).messages().stream()
        .anyMatch(kept -> kept.text().equals(shown.text()));
  }
}
