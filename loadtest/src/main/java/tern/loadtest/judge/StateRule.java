// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tern.loadtest.history.Fate;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.MemberSeen;
import tern.loadtest.history.Past;
import tern.loadtest.history.Stored;

/// The store's changes by themselves: each revision is taken once, by a message, a change of one, a
/// change of members, or one of settings; no edit stands twice; what the store holds at the end is
/// what its changes lead to; of what was deleted, nothing is left.
final class StateRule implements Rule {
  @Override
  public void check(History history, Truth truth, Findings findings) {
    for (Room room : truth.rooms()) {
      checkRevisions(room.stored(), findings);
      checkTexts(room, findings);
      checkReactions(room.stored(), findings);
      findings.check(
          Invariant.LEAKED,
          room.stored().endedAt() == 0 || room.stored().messages().isEmpty(),
          "store: %s was deleted, and still holds %s",
          room.stored().conversation(),
          room.stored().messages());
      Map<Long, Set<Long>> edits = new HashMap<>();
      for (Past.Edited edit : room.stored().past().edits()) {
        edits.computeIfAbsent(edit.sequence(), _ -> new TreeSet<>()).add(edit.revision());
      }
      for (Item kept : room.stored().messages()) {
        checkKept(room, kept, findings);
        checkEdits(room, kept, edits.getOrDefault(kept.sequence(), Set.of()), findings);
      }
    }
  }

  private static void checkRevisions(Stored stored, Findings findings) {
    Set<Long> ofMembers = new HashSet<>();
    Stream.concat(
            stored.members().stream()
                .flatMap(each -> Stream.of(each.member().revision(), each.joinedRevision())),
            stored.memberships().stream().map(MemberSeen::revision))
        .forEach(ofMembers::add);
    Set<Long> ofSettings = new HashSet<>();
    stored.rules().settings().forEach(state -> ofSettings.add(state.revision()));
    Map<Long, Item> taken = new TreeMap<>();
    for (Item state : stored.past().states()) {
      Item other = taken.put(state.revision(), state);
      findings.check(
          Invariant.DUPLICATED,
          other == null
              && !ofMembers.contains(state.revision())
              && !ofSettings.contains(state.revision()),
          "store: %s gave one revision to %s and to %s",
          stored.conversation(),
          state,
          other == null ? "members or settings" : other);
    }
    checkApart(stored, ofMembers, ofSettings, findings);
    Set<Long> free = new TreeSet<>();
    for (long revision = 1; revision <= stored.revision(); revision++) {
      if (!taken.containsKey(revision)
          && !ofMembers.contains(revision)
          && !ofSettings.contains(revision)) {
        free.add(revision);
      }
    }
    findings.check(
        Invariant.GAPS,
        free.isEmpty() && taken.keySet().stream().noneMatch(at -> at > stored.revision()),
        "store: %s stands at revision %s, but nothing took %s",
        stored.conversation(),
        stored.revision(),
        free);
  }

  /// A conversation begins with members and settings; from then on each has its own.
  private static void checkApart(
      Stored stored, Set<Long> ofMembers, Set<Long> ofSettings, Findings findings) {
    for (Long revision : ofSettings) {
      findings.check(
          Invariant.DUPLICATED,
          revision == 1 || !ofMembers.contains(revision),
          "store: %s gave revision %s to members and to settings",
          stored.conversation(),
          revision);
    }
  }

  /// A text is written once: an edit that came again must not have been applied again.
  private static void checkTexts(Room room, Findings findings) {
    Set<String> texts = new HashSet<>();
    for (NavigableMap<Long, Item> states : room.timeline().all()) {
      Optional<Item> before = Optional.empty();
      for (Item state : states.values()) {
        boolean isNew = before.isEmpty() || isEdit(before.get(), state);
        if (isNew && !state.isSystem() && !state.isForwarded()) {
          findings.check(
              Invariant.DUPLICATED,
              texts.add(state.text()),
              "store: %s was given a text a second time: %s",
              room.stored().conversation(),
              state);
        }
        before = Optional.of(state);
      }
    }
  }

  private static void checkKept(Room room, Item kept, Findings findings) {
    String conversation = room.stored().conversation();
    Optional<Item> latest = room.timeline().latest(kept.sequence());
    findings.check(
        Invariant.DIVERGED,
        latest.isPresent()
            && latest.get().sameAs(kept)
            && Likeness.isSame(latest.get().fate().reactions(), kept.fate().reactions()),
        "store: %s holds %s, its changes lead to %s",
        conversation,
        kept,
        latest);
    Fate fate = kept.fate();
    findings.check(
        Invariant.LEAKED,
        !kept.isDeleted()
            || (kept.text().isEmpty() && fate.pinnedAtMs() == 0 && fate.reactions().isEmpty()),
        "store: %s still holds of a deleted message %s",
        conversation,
        kept);
  }

  private static void checkReactions(Stored stored, Findings findings) {
    for (Past.Reacted note : stored.past().reactions()) {
      findings.check(
          Invariant.GAPS,
          note.revision() > 0,
          "store: %s has a reaction that took no revision: %s",
          stored.conversation(),
          note);
    }
  }

  /// The store knows each edit of a message that stands, and no other.
  private static void checkEdits(Room room, Item kept, Set<Long> edits, Findings findings) {
    if (kept.isDeleted()) {
      return;
    }
    Set<Long> owed = new TreeSet<>();
    Optional<Item> before = Optional.empty();
    for (Item state : room.timeline().states(kept.sequence()).values()) {
      if (before.isPresent() && isEdit(before.get(), state)) {
        owed.add(state.revision());
      }
      before = Optional.of(state);
    }
    findings.check(
        Invariant.DIVERGED,
        edits.equals(owed),
        "store: %s notes edits at %s of %s (expected: %s)",
        room.stored().conversation(),
        edits,
        kept,
        owed);
  }

  private static boolean isEdit(Item before, Item after) {
    return !after.isDeleted()
        && (!after.text().equals(before.text())
            || after.fate().editedAtMs() != before.fate().editedAtMs());
  }
}
