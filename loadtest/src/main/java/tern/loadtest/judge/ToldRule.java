// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Stored;

/// Who joins and who goes is told in the conversation itself: at the next revision, of exactly
/// these users; and nothing is told that did not happen. Of the beginning nothing is told.
final class ToldRule implements Rule {
  private static final long BEGINNING = 1;

  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (Room room : truth.rooms()) {
      if (!room.stored().memberships().isEmpty()) {
        check(room, findings);
      }
    }
  }

  /// What happened at one revision.
  private record Happened(Set<String> joined, Set<String> gone) {
    static Happened nothing() {
      return new Happened(new TreeSet<>(), new TreeSet<>());
    }
  }

  private static void check(Room room, Findings findings) {
    NavigableMap<Long, Happened> happened = happened(room.stored());
    NavigableMap<Long, Happened> told = new TreeMap<>();
    for (Item item : room.messages()) {
      told(item).ifPresent(what -> told.put(item.revision() - 1, what));
    }
    String conversation = room.stored().conversation();
    happened.forEach(
        (revision, what) ->
            findings.check(
                Invariant.LOST,
                what.equals(told.get(revision)),
                "store: %s does not tell of %s at revision %s, but of %s",
                conversation,
                what,
                revision,
                told.get(revision)));
    told.forEach(
        (revision, what) ->
            findings.check(
                Invariant.UNCOMMITTED,
                what.equals(happened.get(revision)),
                "store: %s tells of %s at revision %s, where %s happened",
                conversation,
                what,
                revision,
                happened.get(revision)));
  }

  /// Joinings and leavings, by revision; a change of role is neither.
  private static NavigableMap<Long, Happened> happened(Stored stored) {
    NavigableMap<Long, Happened> happened = new TreeMap<>();
    Set<String> members = new HashSet<>();
    stored.memberships().stream()
        .sorted(Comparator.comparingLong(MemberSeen::revision))
        .forEach(note -> add(note, members, happened));
    return happened;
  }

  private static void add(
      MemberSeen note, Set<String> members, NavigableMap<Long, Happened> happened) {
    boolean isNews = note.removed() ? members.remove(note.user()) : members.add(note.user());
    if (isNews && note.revision() > BEGINNING) {
      Happened what = happened.computeIfAbsent(note.revision(), _ -> Happened.nothing());
      (note.removed() ? what.gone() : what.joined()).add(note.user());
    }
  }

  private static Optional<Happened> told(Item item) {
    if (!item.isSystem()) {
      return Optional.empty();
    }
    String[] parts = item.text().split(":", 3);
    Set<String> users = new TreeSet<>(List.of(parts[2].split(",", -1)));
    return switch (parts[1]) {
      case "KIND_MEMBERS_ADDED" -> Optional.of(new Happened(users, Set.of()));
      case "KIND_MEMBERS_REMOVED", "KIND_MEMBER_LEFT" -> Optional.of(new Happened(Set.of(), users));
      default -> Optional.empty();
    };
  }
}
