// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Predicate;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.Fate;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Past;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Wish;

/// Whatever became of a message was asked for, exactly so, by somebody who was allowed to: edits by
/// the sender, deletions by the sender or a moderator, pins by a moderator or one of two,
/// reactions by who reacted. What is deleted takes no change.
final class RightsRule implements Rule {
  private record Place(String conversation, long sequence) {}

  private record Asked(String user, Wish wish) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<Place, List<Asked>> asked = asked(history);
    for (Room room : truth.rooms()) {
      for (NavigableMap<Long, Item> states : room.timeline().all()) {
        Item before = states.firstEntry().getValue();
        List<Asked> wishes =
            asked.getOrDefault(
                new Place(room.stored().conversation(), before.sequence()), List.of());
        for (Item after : states.tailMap(before.revision(), false).values()) {
          check(room, before, after, wishes, findings);
          before = after;
        }
      }
    }
  }

  private static Map<Place, List<Asked>> asked(History history) {
    Map<Place, List<Asked>> asked = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.ChangeAsked of) {
          Wish wish = of.wish();
          asked
              .computeIfAbsent(
                  new Place(wish.conversation(), wish.sequence()), _ -> new ArrayList<>())
              .add(new Asked(client.user(), wish));
        }
      }
    }
    return asked;
  }

  private static void check(
      Room room, Item before, Item after, List<Asked> wishes, Findings findings) {
    List<Predicate<Asked>> changes = changes(room, before, after);
    findings.check(
        Invariant.DUPLICATED,
        changes.size() == 1 && isSameOtherwise(before, after),
        "store: %s: one revision must be one change: %s became %s",
        room.stored().conversation(),
        before,
        after);
    findings.check(
        Invariant.LEAKED,
        !before.isDeleted()
            && changes.stream()
                .allMatch(
                    change -> wishes.stream().anyMatch(who -> fits(room, after, change, who))),
        "store: %s: nobody who may has asked for it: %s became %s",
        room.stored().conversation(),
        before,
        after);
  }

  private static boolean fits(Room room, Item after, Predicate<Asked> change, Asked who) {
    return change.test(who)
        && room.stayThatSees(who.user(), after.sequence(), after.revision()).isPresent();
  }

  /// What was changed, each as the wish that would explain it.
  private static List<Predicate<Asked>> changes(Room room, Item before, Item after) {
    if (after.isDeleted() && !before.isDeleted()) {
      return List.of(
          who ->
              who.wish().kind() == Wish.Kind.DELETE
                  && who.user().equals(after.fate().deletedBy())
                  && (who.user().equals(after.sender()) || room.moderated(who.user())));
    }
    List<Predicate<Asked>> changes = new ArrayList<>();
    if (!after.text().equals(before.text())) {
      changes.add(
          who ->
              who.wish().kind() == Wish.Kind.EDIT
                  && who.user().equals(after.sender())
                  && who.wish().text().equals(after.text()));
    }
    boolean isPinned = after.fate().pinnedAtMs() != 0;
    if (isPinned != (before.fate().pinnedAtMs() != 0)) {
      changes.add(
          who ->
              who.wish().kind() == Wish.Kind.PIN
                  && who.wish().on() == isPinned
                  && (room.stored().direct() || room.moderated(who.user())));
    }
    Optional<Past.Reacted> reacted = room.timeline().reacted(after.revision());
    if (reacted.isPresent() && !after.fate().reactions().equals(before.fate().reactions())) {
      changes.add(
          who ->
              who.wish().kind() == Wish.Kind.REACT
                  && who.user().equals(reacted.get().user())
                  && who.wish().id().equals(reacted.get().reaction())
                  && who.wish().on() == reacted.get().on());
    }
    return changes;
  }

  private static boolean isSameOtherwise(Item before, Item after) {
    Fate fate = after.fate();
    boolean isEdit = !after.text().equals(before.text());
    return after.sender().equals(before.sender())
        && after.clientMessageId().equals(before.clientMessageId())
        && (after.isDeleted() || after.countable() == before.countable())
        && (after.isDeleted() || isEdit || fate.editedAtMs() == before.fate().editedAtMs())
        && (after.isDeleted() || !isEdit || fate.editedAtMs() != 0);
  }
}
