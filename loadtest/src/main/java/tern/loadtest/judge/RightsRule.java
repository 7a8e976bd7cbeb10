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
import tern.loadtest.history.Headers;
import tern.loadtest.history.History;
import tern.loadtest.history.Item;
import tern.loadtest.history.Past;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Setting;
import tern.loadtest.history.Wish;

/// Whatever became of a message was asked for, exactly so, by somebody who was allowed to when it
/// was taken: edits by the sender, while they may post; deletions by the sender or whom the group
/// lets; pins by whom the group lets, or one of two; reactions by who reacted, unless they are
/// silenced. What is deleted takes no change.
final class RightsRule implements Rule {
  private record Place(String conversation, long sequence) {}

  private record Wisher(String user, Wish wish) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<Place, List<Wisher>> asked = asked(history);
    for (Room room : truth.rooms()) {
      for (NavigableMap<Long, Item> states : room.timeline().all()) {
        Item before = states.firstEntry().getValue();
        List<Wisher> wishes =
            asked.getOrDefault(
                new Place(room.stored().conversation(), before.sequence()), List.of());
        for (Item after : states.tailMap(before.revision(), false).values()) {
          check(room, before, after, wishes, findings);
          before = after;
        }
      }
    }
  }

  private static Map<Place, List<Wisher>> asked(History history) {
    Map<Place, List<Wisher>> asked = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.ChangeAsked of) {
          Wish wish = of.wish();
          asked
              .computeIfAbsent(
                  new Place(wish.conversation(), wish.sequence()), _ -> new ArrayList<>())
              .add(new Wisher(client.user(), wish));
        }
      }
    }
    return asked;
  }

  private static void check(
      Room room, Item before, Item after, List<Wisher> wishes, Findings findings) {
    List<Predicate<Wisher>> changes = changes(room, before, after);
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

  private static boolean fits(Room room, Item after, Predicate<Wisher> change, Wisher who) {
    Moment moment = room.rights().before(who.user(), after.revision());
    return change.test(who)
        && isAllowed(who.wish(), moment, room.rights().notedAtMs(after.revision()))
        && (room.stayThatSees(who.user(), after.sequence(), after.revision()).isPresent()
            || isOwnOfWatcher(room, after, who));
  }

  /// Who was a member of an OPEN conversation, and may watch it still, deletes what was theirs.
  private static boolean isOwnOfWatcher(Room room, Item after, Wisher who) {
    return room.stored().rules().audience().isOpen()
        && who.wish().kind() == Wish.Kind.DELETE
        && who.user().equals(after.sender());
  }

  /// Whether the role and the rules allow it; a sender's own deletion needs no leave.
  private static boolean isAllowed(Wish wish, Moment moment, long ms) {
    return switch (wish.kind()) {
      case EDIT -> !moment.isBarredAt(ms);
      case REACT -> !wish.on() || !moment.isSilencedAt(ms);
      case PIN -> moment.reaches(Setting.PIN_ROLE) && !(wish.on() && moment.blocked());
      case DELETE -> true;
    };
  }

  /// What was changed, each as the wish that would explain it.
  private static List<Predicate<Wisher>> changes(Room room, Item before, Item after) {
    if (after.isDeleted() && !before.isDeleted()) {
      return List.of(
          who ->
              who.wish().kind() == Wish.Kind.DELETE
                  && who.user().equals(after.fate().deletedBy())
                  && (who.user().equals(after.sender()) || mayDelete(room, who, after)));
    }
    List<Predicate<Wisher>> changes = new ArrayList<>();
    if (!after.text().equals(before.text())) {
      changes.add(
          who ->
              who.wish().kind() == Wish.Kind.EDIT
                  && who.user().equals(after.sender())
                  && who.wish().text().equals(after.text()));
    }
    boolean isPinned = after.fate().pinnedAtMs() != 0;
    if (isPinned != (before.fate().pinnedAtMs() != 0)) {
      changes.add(who -> who.wish().kind() == Wish.Kind.PIN && who.wish().on() == isPinned);
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

  private static boolean mayDelete(Room room, Wisher who, Item after) {
    int sender = room.rights().before(after.sender(), after.revision()).role();
    return room.rights().before(who.user(), after.revision()).mayDeleteOf(sender);
  }

  /// What a change leaves of the headers.
  private static Headers headers(Item before, Item after) {
    if (after.isDeleted()) {
      return Headers.NONE;
    }
    return after.text().equals(before.text()) ? before.headers() : before.headers().edited();
  }

  private static boolean isSameOtherwise(Item before, Item after) {
    Fate fate = after.fate();
    boolean isEdit = !after.text().equals(before.text());
    return after.sender().equals(before.sender())
        && after.clientMessageId().equals(before.clientMessageId())
        && (after.isDeleted() || after.countable() == before.countable())
        && after.headers().equals(headers(before, after))
        && (after.isDeleted() || isEdit || fate.editedAtMs() == before.fate().editedAtMs())
        && (after.isDeleted() || !isEdit || fate.editedAtMs() != 0);
  }
}
