// Copyright 2026 The Tern authors
// SPDX-License-Identifier: Apache-2.0
package tern.loadtest.verify;

import static tern.loadtest.verify.RecordedRun.ALICE;
import static tern.loadtest.verify.RecordedRun.BOB;
import static tern.loadtest.verify.RecordedRun.CAROL;
import static tern.loadtest.verify.RecordedRun.ROOM;

import java.util.List;
import tern.loadtest.history.Arrangement;
import tern.loadtest.history.InboxLine;
import tern.loadtest.history.Item;
import tern.loadtest.history.MarkerSeen;
import tern.loadtest.history.Personal;
import tern.loadtest.history.Seen;
import tern.loadtest.history.Shelf;

/// The part of a recorded run in which people arrange their own lists: alice puts the group on top,
/// bob hides it, so that the next message brings it back, and begins to write; carol clears what
/// was said, and wants to be left in peace.
final class RecordedShelves {
  static final String DRAFT = "bob:draft:1";

  private static final int HIDDEN = 3;
  private static final long FAR_AHEAD_MS = 4_102_444_800_000L;

  private final RecordedRun run;

  RecordedShelves(RecordedRun run) {
    this.run = run;
  }

  void play() {
    for (String user : List.of(ALICE, BOB, CAROL)) {
      run.places.add(new Personal.Place(user, joined(user), 0, 0, 0, run.visibleFrom(user), 0));
    }
    top();
    hide(BOB, false);
    draft();
    hide(CAROL, true);
    quiet();
  }

  private long joined(String user) {
    return run.memberships.stream()
        .filter(state -> state.user().equals(user))
        .findFirst()
        .orElseThrow()
        .revision();
  }

  private void top() {
    Arrangement wish = new Arrangement(Arrangement.Kind.TOP, ROOM, true, "", 0);
    int request = ask(ALICE, wish);
    long at = run.now();
    run.places.add(new Personal.Place(ALICE, joined(ALICE), 0, 0, at, 1, at));
    answer(ALICE, request, wish, new Shelf(Shelf.MAIN, at, "", 1));
    run.shelves.put(ALICE, new Shelf(Shelf.MAIN, at, "", 1));
  }

  private void draft() {
    Arrangement wish = new Arrangement(Arrangement.Kind.DRAFT, ROOM, true, DRAFT, 0);
    int request = ask(BOB, wish);
    run.drafts.add(new Personal.Draft(BOB, DRAFT, run.now()));
    answer(BOB, request, wish, new Shelf(Shelf.HIDDEN, 0, DRAFT, 1));
    run.shelves.put(BOB, new Shelf(Shelf.MAIN, 0, DRAFT, 1));
  }

  private void hide(String user, boolean clear) {
    Arrangement wish = new Arrangement(Arrangement.Kind.HIDE, ROOM, clear, "", 0);
    int request = ask(user, wish);
    long first = clear ? run.sequence() + 1 : run.visibleFrom(user);
    long countable =
        run.messages.stream().filter(Item::countable).filter(item -> !item.isSystem()).count();
    run.places.add(new Personal.Place(user, joined(user), HIDDEN, countable, 0, first, run.now()));
    answer(user, request, wish, new Shelf(Shelf.HIDDEN, 0, "", first));
    run.shelves.put(user, Shelf.fresh(first));
  }

  private void quiet() {
    Arrangement wish = new Arrangement(Arrangement.Kind.QUIET, ROOM, true, "", FAR_AHEAD_MS);
    int request = ask(CAROL, wish);
    Personal.Place before = run.places.getLast();
    run.places.add(
        new Personal.Place(
            CAROL,
            before.joined(),
            before.slot(),
            before.countable(),
            before.pinnedAtMs(),
            before.visibleFrom(),
            FAR_AHEAD_MS,
            run.now()));
    // The answer shows no line.
    run.log(CAROL).add(new Seen.Arranged(run.now(), run.session(CAROL), request, wish, List.of()));
    run.shelves.put(CAROL, new Shelf(Shelf.MAIN, 0, "", before.visibleFrom(), FAR_AHEAD_MS, false));
  }

  private int ask(String user, Arrangement wish) {
    int request = run.nextRequest();
    run.log(user).add(new Seen.ArrangementAsked(run.now(), run.session(user), request, wish));
    return request;
  }

  private void answer(String user, int request, Arrangement wish, Shelf shelf) {
    InboxLine line =
        new InboxLine(
            ROOM,
            false,
            0,
            "",
            0,
            new MarkerSeen(user, 0, 0),
            run.revision(),
            run.sequence(),
            1,
            shelf);
    run.log(user)
        .add(new Seen.Arranged(run.now(), run.session(user), request, wish, List.of(line)));
  }
}
