// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Settings;

/// What happens to a group is told in the group itself: who joins and who goes, a new name, image
/// or role, in the revisions right after the change and of exactly that; and nothing is told that
/// did not happen. Of the beginning nothing is told.
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

  private static void check(Room room, Findings findings) {
    NavigableMap<Long, List<String>> happened = happened(room);
    NavigableMap<Long, List<String>> told = new TreeMap<>();
    long at = 0;
    for (Item item : room.messages()) {
      if (item.isSystem()) {
        // What one change brought about is told in one go.
        at =
            told.containsKey(at) && item.revision() == lastOf(at, told) + 1
                ? at
                : item.revision() - 1;
        told.computeIfAbsent(at, _ -> new ArrayList<>()).add(inOrder(item.text()));
      }
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

  private static long lastOf(long at, NavigableMap<Long, List<String>> told) {
    return at + told.getOrDefault(at, List.of()).size();
  }

  /// Whoever is named, by name.
  private static String inOrder(String text) {
    String[] parts = text.split(":", 4);
    Set<String> users = new TreeSet<>(List.of(parts[2].split(",", -1)));
    return Item.systemText(parts[1], users, parts.length > 3 ? parts[3] : "");
  }

  /// What is to be told, by revision.
  private static NavigableMap<Long, List<String>> happened(Room room) {
    NavigableMap<Long, List<String>> happened = new TreeMap<>();
    ofMembers(room, happened);
    Optional<Settings> before = Optional.empty();
    for (Settings after : room.rights().settings().values()) {
      before.ifPresent(then -> addSettings(then, after, happened));
      before = Optional.of(after);
    }
    return happened;
  }

  private static void addSettings(
      Settings before, Settings after, NavigableMap<Long, List<String>> happened) {
    List<String> told = new ArrayList<>();
    if (!before.value(Setting.NAME).equals(after.value(Setting.NAME))) {
      told.add(Item.systemText("KIND_RENAMED", List.of(), after.value(Setting.NAME)));
    }
    if (!before.value(Setting.IMAGE).equals(after.value(Setting.IMAGE))) {
      told.add(Item.systemText("KIND_IMAGE_CHANGED", List.of(), ""));
    }
    if (!told.isEmpty()) {
      happened.put(after.revision(), told);
    }
  }

  /// Who joined, who went, and whose role changed, at one revision.
  private record Happened(Set<String> joined, Set<String> gone, List<String> roles) {
    static Happened nothing() {
      return new Happened(new TreeSet<>(), new TreeSet<>(), new ArrayList<>());
    }

    List<String> told(boolean isOwnWish) {
      List<String> told = new ArrayList<>();
      if (!joined.isEmpty()) {
        told.add(Item.systemText("KIND_MEMBERS_ADDED", joined, ""));
      }
      if (!gone.isEmpty()) {
        told.add(
            Item.systemText(isOwnWish ? "KIND_MEMBER_LEFT" : "KIND_MEMBERS_REMOVED", gone, ""));
      }
      told.addAll(roles);
      return told;
    }
  }

  private static void ofMembers(Room room, NavigableMap<Long, List<String>> happened) {
    NavigableMap<Long, Happened> changes = new TreeMap<>();
    for (String user : room.rights().users()) {
      MemberSeen before = new MemberSeen(user, 0, 0, true, 0);
      for (MemberSeen after : room.rights().memberships(user).values()) {
        if (after.revision() > BEGINNING && !room.rights().hasEndedAt(after.revision())) {
          add(before, after, changes);
        }
        before = after;
      }
    }
    changes.forEach(
        (revision, what) -> happened.put(revision, what.told(isOwnWish(room, revision, what))));
  }

  private static void add(
      MemberSeen before, MemberSeen after, NavigableMap<Long, Happened> changes) {
    boolean isOfRole = !before.removed() && !after.removed() && before.role() != after.role();
    if (before.removed() == after.removed() && !isOfRole) {
      return;
    }
    Happened what = changes.computeIfAbsent(after.revision(), _ -> Happened.nothing());
    if (isOfRole) {
      String role = String.valueOf(after.role());
      what.roles().add(Item.systemText("KIND_ROLE_CHANGED", List.of(after.user()), role));
    } else {
      (after.removed() ? what.gone() : what.joined()).add(after.user());
    }
  }

  /// Whether the only one who went is who tells of it.
  private static boolean isOwnWish(Room room, long revision, Happened what) {
    return room.messages().stream()
        .filter(item -> item.revision() == revision + 1)
        .anyMatch(item -> what.gone().equals(Set.of(item.sender())));
  }
}
