// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tern.loadtest.history.Arrangement;
import tern.loadtest.history.ClientLog;
import tern.loadtest.history.History;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Personal;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Shelf;

/// What a user arranges is theirs alone: whatever became of it they asked for, it is kept once it
/// was answered, each of their devices is shown a state that it had, and who comes back to a
/// conversation begins anew.
final class PlaceRule implements Rule {
  private static final int ARCHIVE = 1;
  private static final int ARCHIVE_UNTIL_MESSAGE = 2;
  private static final int HIDDEN = 3;

  /// What a user wants, and when they asked.
  private record Wanted(long at, Arrangement arrangement) {}

  @Override
  public void check(History history, Truth truth, Findings findings) {
    Map<String, List<Wanted>> wanted = wanted(history);
    for (Room room : truth.rooms()) {
      Map<String, Personal.Place> before = new HashMap<>();
      for (Personal.Place after : room.stored().personal().places()) {
        String of = key(room.stored().conversation(), after.user());
        Optional<Personal.Place> last = Optional.ofNullable(before.put(after.user(), after));
        checkChange(room, last, after, wanted.getOrDefault(of, List.of()), findings);
      }
      for (Personal.Draft draft : room.stored().personal().drafts()) {
        String of = key(room.stored().conversation(), draft.user());
        checkDraft(room, draft, wanted.getOrDefault(of, List.of()), findings);
      }
    }
    for (ClientLog client : history.clients()) {
      check(client, truth, findings);
    }
  }

  private static String key(String conversation, String user) {
    return conversation + " " + user;
  }

  private static Map<String, List<Wanted>> wanted(History history) {
    Map<String, List<Wanted>> wanted = new HashMap<>();
    for (ClientLog client : history.clients()) {
      for (Seen seen : client.seen()) {
        if (seen instanceof Seen.ArrangementAsked of) {
          wanted
              .computeIfAbsent(
                  key(of.arrangement().conversation(), client.user()), _ -> new ArrayList<>())
              .add(new Wanted(of.at(), of.arrangement()));
        }
      }
    }
    return wanted;
  }

  private static void checkChange(
      Room room,
      Optional<Personal.Place> before,
      Personal.Place after,
      List<Wanted> wanted,
      Findings findings) {
    if (before.isEmpty() || before.get().joined() != after.joined()) {
      findings.check(
          Invariant.MISCOUNTED,
          after.slot() == 0 && after.pinnedAtMs() == 0,
          "store: %s: a new membership begins with %s",
          room.stored().conversation(),
          after);
      return;
    }
    Personal.Place then = before.get();
    findings.check(
        Invariant.LEAKED,
        then.sameAs(after)
            || wanted.stream()
                .anyMatch(
                    wish ->
                        wish.at() <= after.at() + Rights.CLOCKS
                            && leadsTo(wish.arrangement(), then, after)),
        "store: %s: its owner did not ask for it: %s became %s",
        room.stored().conversation(),
        then,
        after);
  }

  private static boolean leadsTo(Arrangement wish, Personal.Place before, Personal.Place after) {
    if (wish.kind() == Arrangement.Kind.QUIET) {
      return wish.number() == after.quietUntilMs() && before.withQuiet(wish.number()).sameAs(after);
    }
    boolean showsAsBefore =
        before.visibleFrom() == after.visibleFrom()
            && before.quietUntilMs() == after.quietUntilMs();
    boolean isPinned = after.pinnedAtMs() != 0;
    return switch (wish.kind()) {
      case ARCHIVE ->
          after.slot() == (wish.on() ? ARCHIVE : 0) && showsAsBefore && !(wish.on() && isPinned);
      case ARCHIVE_UNTIL_MESSAGE ->
          after.slot() == ARCHIVE_UNTIL_MESSAGE && showsAsBefore && !isPinned;
      case HIDE ->
          after.slot() == HIDDEN
              && !isPinned
              && before.quietUntilMs() == after.quietUntilMs()
              && (wish.on() ? before.visibleFrom() <= after.visibleFrom() : showsAsBefore);
      case TOP -> showsAsBefore && wish.on() == isPinned && (!wish.on() || after.slot() == 0);
      case DRAFT, UNREAD, QUIET -> false;
    };
  }

  private static void checkDraft(
      Room room, Personal.Draft draft, List<Wanted> wanted, Findings findings) {
    findings.check(
        Invariant.LEAKED,
        draft.text().isEmpty()
            || wanted.stream()
                .anyMatch(
                    wish ->
                        wish.arrangement().kind() == Arrangement.Kind.DRAFT
                            && wish.arrangement().text().equals(draft.text())),
        "store: %s: nobody saved %s",
        room.stored().conversation(),
        draft);
  }

  private static void check(ClientLog client, Truth truth, Findings findings) {
    Map<Integer, Long> asked = new HashMap<>();
    for (Seen seen : client.seen()) {
      switch (seen) {
        case Seen.Opened _ -> asked.clear();
        case Seen.ArrangementAsked of -> asked.put(of.request(), of.at());
        case Seen.Arranged of -> {
          Room room = truth.room(of.arrangement().conversation());
          long askedAt = asked.getOrDefault(of.request(), Long.MIN_VALUE);
          findings.check(
              Invariant.LOST,
              isKept(client.user(), of, askedAt, room),
              "%s: arranged and lost: %s",
              client.client(),
              of);
          of.lines().forEach(line -> checkLine(client, line, of.at(), truth, findings));
        }
        case Seen.Inbox of ->
            of.lines().forEach(line -> checkLine(client, line, of.at(), truth, findings));
        default -> {}
      }
    }
  }

  /// Whether the store held what was wished for at a moment between question and answer.
  private static boolean isKept(String user, Seen.Arranged of, long askedAt, Room room) {
    Arrangement wish = of.arrangement();
    return switch (wish.kind()) {
      // Its effect is the marker's; see ReadMarkers.
      case UNREAD -> true;
      case DRAFT ->
          wish.text().isEmpty() || room.shelves().drafts(user, of.at()).contains(wish.text());
      case TOP ->
          room.shelves().of(user).stream()
              .anyMatch(
                  place ->
                      place.at() <= of.at() + Rights.CLOCKS
                          && wish.on() == (place.pinnedAtMs() != 0));
      case ARCHIVE, ARCHIVE_UNTIL_MESSAGE, HIDE, QUIET ->
          room.shelves().of(user).stream()
              .anyMatch(
                  place ->
                      place.at() <= of.at() + Rights.CLOCKS
                          && place.at() + Rights.CLOCKS >= askedAt
                          && leadsTo(wish, place, place));
    };
  }

  /// A line shows a state that this user's place had by then.
  private static void checkLine(
      ClientLog client, InboxLine line, long at, Truth truth, Findings findings) {
    Room room = truth.room(line.conversation());
    if (line.removed() || room.stored().personal().places().isEmpty()) {
      return;
    }
    boolean hadPlace =
        room.shelves().of(client.user()).stream()
            .anyMatch(
                place ->
                    place.at() <= at + Rights.CLOCKS
                        && place.pinnedAtMs() == line.shelf().pinnedAtMs()
                        && place.visibleFrom() == line.shelf().visibleFrom()
                        && place.quietUntilMs() == line.shelf().quietUntilMs()
                        && shown(place, room, line.revision()) == line.shelf().place());
    findings.check(
        Invariant.DIVERGED,
        hadPlace && room.shelves().drafts(client.user(), at).contains(line.shelf().draft()),
        "%s: its list has %s, which its place never was",
        client.client(),
        line);
  }

  /// Where it stands when `revision` is the newest: a countable message brings back what waits for
  /// one.
  private static int shown(Personal.Place place, Room room, long revision) {
    boolean isBack =
        place.slot() >= ARCHIVE_UNTIL_MESSAGE && room.countableAt(revision) > place.countable();
    if (place.slot() == 0 || isBack) {
      return Shelf.MAIN;
    }
    return place.slot() == HIDDEN ? Shelf.HIDDEN : Shelf.ARCHIVED;
  }

  /// What a user's list must show of a conversation in the end.
  static Shelf last(String user, Room room, Said said) {
    Optional<Personal.Place> place = room.shelves().last(user);
    if (place.isEmpty()) {
      return Shelf.fresh(room.stay(user).map(Stay::visibleFrom).orElse(0L));
    }
    return new Shelf(
        shown(place.get(), room, room.stored().revision()),
        place.get().pinnedAtMs(),
        room.shelves().lastDraft(user),
        place.get().visibleFrom(),
        place.get().quietUntilMs(),
        room.stored().direct() && said.blocksAnyOf(user, room.rights().users()));
  }
}
